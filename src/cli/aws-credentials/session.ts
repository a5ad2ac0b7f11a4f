/** Keys for the command line, as `credential_process` prints them. */
import type { Options } from './options.js';

/** Source: AWS CLI, Sourcing credentials with an external process. */
export interface Session {
  readonly Version: 1;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: string;
}

const timeoutMs = 60_000;

/** Asks partner-cloud for keys. Throws an Error in the words of its answer, which hold no secret. */
export async function askForSession({ url, provider, role }: Options, token: string): Promise<Session> {
  const answer = await fetch(new URL(`/v1/providers/${provider}/cli-sessions`, url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ role }),
    // What redirects is not the service, and must not be shown the token.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => undefined);
  if (!answer) throw new Error(`${url.origin} does not answer.`);
  const body: unknown = await answer.json().catch(() => undefined);
  const session = member(body, 'credentialProcess');
  if (answer.ok && isSession(session)) return session;
  throw new Error(`${url.origin} gives no keys (${answer.status}): ${member(body, 'detail') ?? answer.statusText}`);
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const texts = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'];

export const isSession = (value: unknown): value is Session =>
  member(value, 'Version') === 1 && texts.every((name) => typeof member(value, name) === 'string');
