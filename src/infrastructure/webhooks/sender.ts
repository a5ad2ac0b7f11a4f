/**
 * Sends signed requests: to the very address that was found to be allowed, by a connection of its own, without following a
 * redirect, in bounded time, and with no more of the answer than its status.
 */
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { SignedMessage, WebhookSender } from '../../application/ports/webhook-sender.js';
import { exchange } from './exchange.js';
import { failureText, NotAllowed, notPublic } from './failures.js';
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

/** Opens the sender; it resolves with why nothing was sent, too, and never throws. */
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
        return await exchange(request, message.body, { timeoutMs, signal });
      } catch (error) {
        return { error: failureText(error) };
      }
    },
  };
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
