/** Problems for what never becomes a request: no HTTP at all, too slow, too large, a tunnel, an expectation that is not met. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WrongField } from '../../../domain/refusal.js';
import { inSentences, Problem, type ProblemCode, problemDocument } from './problems.js';
import type { WireLimits } from './wire-limits.js';

const mediaType = 'application/problem+json; charset=utf-8';

/** By Node's error code: what to answer, and what was wrong. */
const garbled: Readonly<Record<string, (limits: WireLimits) => readonly [ProblemCode, WrongField]>> = {
  HPE_HEADER_OVERFLOW: ({ headerBytes }) => [
    'headers-too-large',
    { field: 'headers', problem: 'are too large', allowed: `at most ${headerBytes} bytes with the request line` },
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ({ headersWithinMs, requestWithinMs }) => [
    'request-timeout',
    {
      field: 'request',
      problem: 'did not come in whole in time',
      allowed: `${headersWithinMs / 1_000} s for its headers, ${requestWithinMs / 1_000} s for all of it`,
    },
  ],
};

const unreadable = { field: 'request', problem: 'cannot be read', allowed: 'HTTP/1.1' };

/** Hears with which problem something was answered. */
export type Refused = (reason: ProblemCode) => void;

/** What came is not even HTTP, or came too slowly, so the answer is written by hand and the connection closed. */
export const answerGarbled =
  (refused: Refused, limits: WireLimits) =>
  (error: Error & { code?: string }, socket: Duplex): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [code, wrong] = garbled[error.code ?? '']?.(limits) ?? ['invalid', unreadable];
    answer(socket, new Problem(code, inSentences([wrong]), [wrong]), refused);
  };

/** Answers CONNECT and expectations other than 100-continue, which Node would close or answer without a word. */
export function answerUnserved(server: Server, refused: Refused): void {
  server.on('connect', (_: IncomingMessage, socket: Duplex) => {
    const wrong = { field: 'method', problem: 'is not offered', allowed: 'a request to a path of this service' };
    answer(socket, new Problem('method-not-allowed', 'This is no proxy.', [wrong], {}, { allow: '' }), refused);
  });
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) => {
    const wrong = { field: 'Expect', problem: 'cannot be met', allowed: '100-continue' };
    const [problem, traceId] = [new Problem('expectation-failed', inSentences([wrong]), [wrong]), randomUUID()];
    refused(problem.code);
    const body = JSON.stringify(problemDocument(problem, traceId));
    const headers = { 'content-type': mediaType, 'content-length': Buffer.byteLength(body), 'x-request-id': traceId };
    response.writeHead(problem.status, { ...headers, connection: 'close' }).end(body);
  });
}

function answer(socket: Duplex, problem: Problem, refused: Refused): void {
  refused(problem.code);
  const document = problemDocument(problem, randomUUID());
  const body = JSON.stringify(document);
  const headers = {
    ...problem.headers,
    'content-type': mediaType,
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': document.traceId,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${problem.status} ${document.title}\r\n${lines.join('')}\r\n${body}`);
}
