/** What a connection may take of the service before anybody is known: time, bytes, headers, requests at once. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from './problems.js';
import { waitHeaders } from './rate-headers.js';

export interface WireLimits {
  /** The headers of a request must have come in whole after this long, on a new connection as on a kept one. */
  readonly headersWithinMs: number;
  /** The request with its body must have come in whole after this long. */
  readonly requestWithinMs: number;
  /** How often late ones are looked for: so much later than its limit may one be ended. */
  readonly lookEveryMs: number;
  /** A connection without a request is closed after this long. Load balancers keep theirs for 60 s, and must be the first to close. */
  readonly idleWithinMs: number;
  /** The request line and all headers together. */
  readonly headerBytes: number;
  readonly headerCount: number;
  readonly bodyBytes: number;
  /** Requests of one connection that wait for their answers at once (HTTP pipelining). */
  readonly pipelined: number;
}

export const wireLimits: WireLimits = {
  headersWithinMs: 30_000,
  requestWithinMs: 30_000,
  lookEveryMs: 1_000,
  idleWithinMs: 72_000,
  headerBytes: 16_384,
  headerCount: 100,
  bodyBytes: 65_536,
  pipelined: 32,
};

/** A request that its connection may not make; `undefined` for any other. */
export type WireFault = (raw: IncomingMessage) => Problem | undefined;

/** Counts what each connection has asked and was not answered yet, and finds requests that are over a limit. */
export function watchWire(server: Server, { headerCount, pipelined }: WireLimits): WireFault {
  // Node would drop the headers over a count of its own without a word; the bytes bound them already.
  server.maxHeadersCount = 0;
  const waiting = new WeakMap<Socket, number>();
  const count = (socket: Socket, by: number) => waiting.set(socket, (waiting.get(socket) ?? 0) + by);
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  return ({ socket, rawHeaders }) => {
    if (rawHeaders.length / 2 > headerCount) return tooMany('headers-too-large', 'headers', headerCount);
    if ((waiting.get(socket) ?? 0) > pipelined) return tooMany('rate-limited', 'requests', pipelined);
    return undefined;
  };
}

const words = {
  headers: (most: number) => `at most ${most} headers`,
  requests: (most: number) => `at most ${most} requests at once that wait for their answers on one connection`,
};

/** The connection ends with the answer: whoever sends like this would go on. */
function tooMany(code: 'headers-too-large' | 'rate-limited', field: keyof typeof words, most: number): Problem {
  const wrong = { field, problem: 'are too many', allowed: words[field](most) };
  const again = code === 'rate-limited' ? waitHeaders(most, 1) : undefined;
  return new Problem(
    code,
    `There are too many ${field}; allowed: ${wrong.allowed}.`,
    [wrong],
    {},
    { ...again, connection: 'close' },
  );
}
