/** The simulator plugged into the SDK's clients in place of a network, for tests that own the clock. */
import { Readable } from 'node:stream';
import { setTimeout as timer } from 'node:timers/promises';
import type { Simulator, WireRequest, WireResponse } from './core.js';
import { signingTime } from './signature.js';

/** The part of the SDK's HttpRequest that is read here. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | Readable;
}

/** What the SDK takes as `requestHandler`. */
interface SimulatorRequestHandler {
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/**
 * Answers the SDK's requests in this process at the moments of `now`; `wait` holds back delayed answers (by default in
 * real time). The client's own clock plays no part: requests count as signed now, and answers carry no date, so that
 * the SDK does not take a clock of the test for a wrong one. A dropped answer rejects like a broken socket.
 */
export function inProcess(
  simulator: Simulator,
  now: () => number,
  wait: (ms: number) => Promise<unknown> = timer,
): SimulatorRequestHandler {
  return {
    async handle(request) {
      const at = now();
      const { response, effects } = simulator.handle(wireRequest(request, at), at);
      if (effects.delayMs > 0) await wait(effects.delayMs);
      if (effects.drop) throw brokenSocket();
      return { response: sdkResponse(response, request.method) };
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

/** The request as AWS receives it, signed at a moment. */
export function wireRequest({ method, path, query = {}, headers, body }: SdkRequest, at: number): WireRequest {
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const flat = Object.entries(query).map(([name, value]) => [name, [value ?? ''].flat().at(-1) ?? '']);
  return {
    method,
    path,
    query: Object.fromEntries(flat),
    headers: 'x-amz-date' in lowerCase ? { ...lowerCase, 'x-amz-date': signingTime(at) } : lowerCase,
    body: bytesOf(body),
  };
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  // The SDK's own bytes pretend to be text as well, and warn when that is used; plain bytes are taken out of them.
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  throw new Error('The simulator takes request bodies of text or bytes in this process; for streams serve it by HTTP.');
}

/** The answer as the SDK reads it; it carries no date. */
export function sdkResponse({ status, headers, body }: WireResponse, method: string): SdkResponse {
  const { date: _ownClock, ...undated } = headers;
  const bytes = Buffer.from(method === 'HEAD' ? '' : body);
  // What a client hands on to its caller unread is a stream, as from a socket.
  const isHandedOn = headers['content-type'] === 'application/octet-stream';
  return { statusCode: status, headers: undated, body: isHandedOn ? Readable.from([bytes]) : bytes };
}

/** As the SDK's own handler reports it: it calls a reset connection a TimeoutError. Source: @smithy/node-http-handler. */
export function brokenSocket(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}
