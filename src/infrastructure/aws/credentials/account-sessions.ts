/** Sessions of people in a customer's account: as one of our roles there, in the console or with keys for the command line. */
import { createHash } from 'node:crypto';
import {
  type AccountSessions,
  type SessionRequest,
  SessionUnavailable,
} from '../../../application/ports/account-sessions.js';
import { consoleRoleName } from '../../../domain/baseline/names.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { assumeRole, type SessionKeys } from '../calls/role-sessions.js';
import { consoleSignIn } from './console-sign-in.js';

export interface SessionParts {
  readonly access: Pick<AwsAccess, 'own'>;
  readonly settings: Pick<AwsSettings, 'endpoint' | 'prefix'>;
}

const timeoutMs = 10_000;

/** Opens sessions as our own roles of the account, which last for an hour. Source: aws-facts §2.3. */
export const openAccountSessions = (parts: SessionParts): AccountSessions => ({
  async openConsole(request) {
    return consoleSignIn(parts.settings, await assumed(parts, request, 'console'));
  },
  async openCommandLine(request) {
    const { expiration, ...keys } = await assumed(parts, request, 'command-line');
    return { ...keys, expiresAt: expiration.toISOString() };
  },
});

async function assumed(
  { access, settings }: SessionParts,
  { accountId, role, person }: SessionRequest,
  of: SessionUnavailable['of'],
): Promise<SessionKeys> {
  const name = opaqueName(person);
  const roleArn = `arn:aws:iam::${accountId}:role/${consoleRoleName(settings.prefix, role)}`;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    return await assumeRole(access.own.sts, { roleArn, sessionName: name, sourceIdentity: name }, signal);
  } catch (error) {
    throw new SessionUnavailable(of, wordsFor(error));
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
