/** Trades a session for AWS's one-time sign-in URL at the federation endpoint. */
import { type ConsoleSession, SessionUnavailable } from '../../../application/ports/account-sessions.js';
import type { AwsSettings } from '../calls/clients.js';
import type { SessionKeys } from '../calls/role-sessions.js';

type Settings = Pick<AwsSettings, 'endpoint'>;

/** AWS's own limit for the sign-in URL. Source: aws-facts §2.3. */
const goodForSeconds = 900;
const timeoutMs = 10_000;

/** The way into the console for whoever holds these keys. Source: aws-facts §2.3. Throws {@link SessionUnavailable}. */
export async function consoleSignIn(settings: Settings, keys: SessionKeys): Promise<ConsoleSession> {
  const token = await signinToken(federationUrl(settings), keys);
  return { url: loginUrl(settings, token), goodForSeconds };
}

const unavailable = (words: string): SessionUnavailable => new SessionUnavailable('console', words);

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
  if (!answer) throw unavailable('The sign-in of AWS does not answer at the moment. Try again in a minute.');
  const token = answer.ok ? tokenIn(await answer.json().catch(() => undefined)) : undefined;
  if (token) return token;
  throw unavailable(`The sign-in of AWS refused the session (status ${answer.status}). Try again in a minute.`);
}

function tokenIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('SigninToken' in answer)) return undefined;
  return typeof answer.SigninToken === 'string' ? answer.SigninToken : undefined;
}

const federationUrl = ({ endpoint }: Settings): string =>
  endpoint === '' ? 'https://signin.aws.amazon.com/federation' : `${endpoint.replace(/\/$/, '')}/federation`;

function loginUrl(settings: Settings, token: string): string {
  const Destination = settings.endpoint === '' ? 'https://console.aws.amazon.com/' : settings.endpoint;
  const query = { Action: 'login', Destination, SigninToken: token };
  return `${federationUrl(settings)}?${new URLSearchParams(query)}`;
}
