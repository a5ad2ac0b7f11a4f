/** Fastify as we run it: small bodies, JSON only, a trace id for each request, problems even for what never reaches a route. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Log } from '../../../application/ports/log.js';
import type { PathMethods } from './path-methods.js';
import { sendProblem } from './problem-filter.js';
import { Problem, type ProblemCode, problemDocument } from './problems.js';
import { bodyLimit, frameworkProblem } from './routing-problems.js';
import type { WireReply, WireRequest } from './wire.js';

const slowestRequestMs = 30_000;

/** The adapter for Nest, before any route is known to it. */
export function fastifyAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit,
    skipMiddie: true,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    requestTimeout: slowestRequestMs,
    requestIdHeader: false,
    genReqId: traceIdOf,
    clientErrorHandler: answerGarbled,
    frameworkErrors: answerUnroutable,
  });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return readJson(request, body as string, done);
  });
  const readJson = fastify.getDefaultJsonParser('error', 'error');
  return adapter;
}

/** The path itself cannot be read; Fastify answers this before any hook or filter of ours. */
function answerUnroutable(error: { code?: string }, { id }: { id: string }, reply: unknown): void {
  sendProblem((reply as WireReply).header('x-request-id', id), frameworkProblem(error), id);
}

/** Adds what happens around every request: its trace id and headers, and one line in the log without ids, names or queries. */
export function watchRequests(adapter: FastifyAdapter, paths: PathMethods, log: Log): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', ({ url, method }) => paths.add(url, method));
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    if (request.url.startsWith('/v1')) reply.header('cache-control', 'no-store');
    done();
  });
  fastify.addHook('onResponse', (request: WireRequest, reply: WireReply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const facts = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (!route.startsWith('/health') || reply.statusCode >= 400) log.info({ ...facts, traceId: request.id }, 'request');
    done();
  });
}

/** The process lives until it has ended in order: an orchestrator must not kill it for that. */
const liveness = '/health/live';

/** The client's next request finds, on a connection of its own, whoever serves then. */
const stopped = new Problem(
  'unavailable',
  'The service is stopping; send the request again.',
  [],
  {},
  {
    'retry-after': '5',
    connection: 'close',
  },
);

/** Takes requests for as long as the service does not stop; to be called after {@link watchRequests}. */
export function refuseOnce(stopping: () => boolean, adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    if (stopping() && !request.url.startsWith(liveness)) sendProblem(reply as WireReply, stopped, request.id);
    else done();
  });
}

/** The caller's own id when it is a sane one, so that one trace runs through both programs' logs. */
function traceIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

const garbled: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What came is not even HTTP, so the answer is written by hand and the connection closed. */
function answerGarbled(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const wrong = { field: 'request', problem: 'cannot be read', allowed: 'HTTP/1.1' };
  const problem = new Problem(garbled[error.code ?? ''] ?? 'invalid', 'This is no request that can be read.', [wrong]);
  const document = problemDocument(problem, randomUUID());
  const body = JSON.stringify(document);
  const head = `HTTP/1.1 ${problem.status} ${document.title}\r\ncontent-type: application/problem+json; charset=utf-8\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}
