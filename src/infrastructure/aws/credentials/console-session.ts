/** Opens the AWS console for a person: a session of a console role, traded at the federation endpoint for one URL. */
import { createHash } from 'node:crypto';
import {
  type ConsoleSessionRequest,
  type ConsoleSessions,
  ConsoleUnavailable,
} from '../../../application/ports/console-sessions.js';
import { consoleRoleName } from '../../../domain/baseline/names.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { assumeRole, type SessionKeys } from '../calls/role-sessions.js';

export interface ConsoleParts {
  readonly access: Pick<AwsAccess, 'own'>;
  readonly settings: Pick<AwsSettings, 'endpoint' | 'prefix'>;
}

/** AWS's own limit for the sign-in URL. Source: aws-facts §2.3. */
const goodForSeconds = 900;
const timeoutMs = 10_000;

/** Opens console sessions as our own role of the account. Source: aws-facts §2.3. */
export const openConsoleSessions = (parts: ConsoleParts): ConsoleSessions => ({
  async open(request) {
    const keys = await sessionOf(parts, request);
    const token = await signinToken(federationUrl(parts.settings), keys);
    return { url: loginUrl(parts.settings, token), goodForSeconds };
  },
});

async function sessionOf({ access, settings }: ConsoleParts, request: ConsoleSessionRequest): Promise<SessionKeys> {
  const { accountId, role, person } = request;
  const name = opaqueName(person);
  const roleArn = `arn:aws:iam::${accountId}:role/${consoleRoleName(settings.prefix, role)}`;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    return await assumeRole(access.own.sts, { roleArn, sessionName: name, sourceIdentity: name }, signal);
  } catch (error) {
    throw new ConsoleUnavailable(wordsFor(error));
  }
}

function wordsFor(error: unknown): string {
  const { kind, code, requestId } = classify(error);
  const seen = requestId ? `${code}, request ${requestId}` : code;
  if (kind === 'own-credentials')
    return `This service cannot sign in to AWS at the moment (${code}); the operator must mend that. Try again later.`;
  return kind === 'denied'
    ? `AWS does not let us into the account (AssumeRole: ${seen}). Its console role may have been changed; the operator can restore it.`
    : `AWS does not open a session at the moment (AssumeRole: ${seen}). Try again in a minute.`;
}

/** Trades a session for a sign-in token; by POST, so that no secret stands in a URL, and without SessionDuration. */
async function signinToken(url: string, keys: SessionKeys): Promise<string> {
  const { accessKeyId: sessionId, secretAccessKey: sessionKey, sessionToken } = keys;
  // AWS refuses a duration for credentials that came from another role; the session lasts as long as they do.
  const body = new URLSearchParams({
    Action: 'getSigninToken',
    Session: JSON.stringify({ sessionId, sessionKey, sessionToken }),
  });
  const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) }).catch(
    () => undefined,
  );
  if (!answer) throw new ConsoleUnavailable('The sign-in of AWS does not answer at the moment. Try again in a minute.');
  const token = answer.ok ? tokenIn(await answer.json().catch(() => undefined)) : undefined;
  if (token) return token;
  throw new ConsoleUnavailable(
    `The sign-in of AWS refused the session (status ${answer.status}). Try again in a minute.`,
  );
}

function tokenIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('SigninToken' in answer)) return undefined;
  return typeof answer.SigninToken === 'string' ? answer.SigninToken : undefined;
}

const federationUrl = ({ endpoint }: ConsoleParts['settings']): string =>
  endpoint === '' ? 'https://signin.aws.amazon.com/federation' : `${endpoint.replace(/\/$/, '')}/federation`;

function loginUrl(settings: ConsoleParts['settings'], token: string): string {
  const Destination = settings.endpoint === '' ? 'https://console.aws.amazon.com/' : settings.endpoint;
  const query = { Action: 'login', Destination, SigninToken: token };
  return `${federationUrl(settings)}?${new URLSearchParams(query)}`;
}

const longestName = 64;

/**
 * A person's opaque id as AWS takes it for a session name and a source identity: 2–64 of `\w+=,.@-`, not beginning with
 * `aws:`. An id that does not fit keeps what does and gains a digest, so that two people never share a name.
 */
export function opaqueName(person: string): string {
  const fitting = person.replaceAll(/[^\w+=,.@-]/g, '-');
  if (fitting === person && person.length >= 2 && person.length <= longestName) return person;
  const digest = createHash('sha256').update(person).digest('hex').slice(0, 16);
  return `${fitting.slice(0, longestName - digest.length - 1)}-${digest}`;
}
