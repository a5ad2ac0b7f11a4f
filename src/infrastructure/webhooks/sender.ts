/**
 * Sends signed requests: to the very address that was found to be allowed, by a connection of its own, without following a
 * redirect, in bounded time, and with no more of the answer than its status.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Sent, SignedMessage, WebhookSender } from '../../application/ports/webhook-sender.js';
import { type LookupAll, namesByServers } from './names.js';
import { signedHeaders } from './signature.js';
import { hostOf, type Targets } from './targets.js';

export interface SenderOptions {
  readonly targets: Pick<Targets, 'allows'>;
  /** Looks a name up, all of its addresses. */
  readonly lookup?: LookupAll;
  /** Milliseconds for all of a request. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

const usualTimeoutMs = 10_000;
/** So much of an answer is taken in before the connection is closed; none of it is kept. */
const mostAnswerBytes = 65_536;

/** The name leads elsewhere than requests may go. */
class NotAllowed extends Error {}

export function openSender({
  targets,
  lookup = namesByServers(),
  timeoutMs = usualTimeoutMs,
  now = Date.now,
}: SenderOptions): WebhookSender {
  return {
    async send(message, signal) {
      const { protocol, host } = hostOf(message.url);
      const allows = (address: string): boolean => targets.allows(address, protocol);
      // A literal address is never looked up.
      if (isIP(host) !== 0 && !allows(host)) return { error: notPublic };
      const options = {
        method: 'POST',
        agent: false,
        lookup: guarded(lookup, allows),
        headers: headersOf(message, Math.floor(now() / 1_000)),
      };
      try {
        const request = (protocol === 'https:' ? https : http).request(message.url, options);
        return await endedInTime(request, { timeoutMs, signal }, () => answerTo(message, request));
      } catch (error) {
        return { error: failureText(error) };
      }
    },
  };
}

/**
 * Ends a request that takes too long, or that is given up. A timer and a listener of its own are taken back once it is over:
 * signals that time out or are put together would each live on until their time comes.
 */
async function endedInTime(
  request: http.ClientRequest,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
  work: () => Promise<Sent>,
): Promise<Sent> {
  const giveUp = (): void => void request.destroy(Object.assign(new Error('given up'), { code: 'ABORT_ERR' }));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    giveUp();
  }, timeoutMs);
  signal.addEventListener('abort', giveUp);
  try {
    if (signal.aborted) giveUp();
    return await work();
  } catch (error) {
    if (isLate) return { error: `No answer came within ${timeoutMs / 1_000} seconds.` };
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

const headersOf = ({ id, body, secrets }: SignedMessage, timestamp: number) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  'user-agent': 'partner-cloud-webhooks',
  ...signedHeaders(secrets, { id, timestamp, body }),
});

/**
 * Looks a name up once and hands on only what was checked, so that the connection goes nowhere else. One address that is not
 * allowed refuses all of them.
 */
const guarded =
  (lookup: LookupAll, allows: (address: string) => boolean): LookupFunction =>
  (host, options, done) => {
    lookup(host, { all: true }, (error, found) => {
      if (error) return done(error, '');
      const [first] = found;
      if (!first || !found.every(({ address }) => allows(address))) return done(new NotAllowed(), '');
      if (options.all) return done(null, found);
      done(null, first.address, first.family);
    });
  };

/** Resolves once the answer is over, or enough of it has come. */
const answerTo = ({ body }: SignedMessage, request: http.ClientRequest): Promise<Sent> =>
  new Promise((resolve, reject) => {
    request.on('error', reject);
    // Without a listener Node closes the connection and tells of neither an answer nor an error.
    request.on('upgrade', ({ statusCode: status = 0 }, socket) => {
      socket.destroy();
      resolve({ status });
    });
    let isAnswered = false;
    // Whatever else ends a request without a word; after an answer or an error this changes nothing.
    request.on('close', () => {
      if (!isAnswered) reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    request.on('response', (answer: IncomingMessage) => {
      isAnswered = true;
      const { statusCode: status = 0 } = answer;
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) answer.destroy();
      });
      // What was answered is known already, however the rest of it ends.
      answer.on('error', () => undefined);
      answer.on('close', () => resolve({ status }));
    });
    request.end(body);
  });

const notPublic = 'The address is not public, so nothing was sent.';

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name of the receiver is not known.',
  ENODATA: 'The name of the receiver is not known.',
  ESERVFAIL: 'The name of the receiver cannot be looked up now.',
  ETIMEOUT: 'The name of the receiver cannot be looked up now.',
  EAI_AGAIN: 'The name of the receiver cannot be looked up now.',
  ECONNREFUSED: 'The receiver refuses connections.',
  ECONNRESET: 'The receiver closed the connection without an answer.',
  EHOSTUNREACH: 'The receiver cannot be reached.',
  ENETUNREACH: 'The receiver cannot be reached.',
  ABORT_ERR: 'It was ended before an answer came.',
};

/** Nothing of an error but its code is told, since its message may name what is inside the network. */
function failureText(error: unknown): string {
  if (error instanceof NotAllowed) return notPublic;
  const { code = 'unknown' } = error as { readonly code?: string };
  return words[code] ?? `It could not be sent (${code}).`;
}
