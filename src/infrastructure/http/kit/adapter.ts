/** Fastify as we run it: small bodies, JSON only, a trace id for each request, problems even for what never reaches a route. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { readJson } from './json-body.js';
import { sendProblem } from './problem-filter.js';
import { readQuery } from './query-string.js';
import { answerGarbled, answerUnserved, type Refused } from './raw-answers.js';
import { frameworkProblem } from './routing-problems.js';
import { traceOf } from './trace-context.js';
import type { WireReply } from './wire.js';
import { type WireLimits, wireLimits } from './wire-limits.js';

/**
 * The adapter for Nest, before any route is known to it. A missing Host is answered by us, as a problem. `refused` hears of
 * what is answered before it becomes a request.
 */
export function fastifyAdapter(refused: Refused = () => undefined, limits: WireLimits = wireLimits): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    skipMiddie: true,
    return503OnClosing: false,
    requestTimeout: limits.requestWithinMs,
    keepAliveTimeout: limits.idleWithinMs,
    http: {
      headersTimeout: limits.headersWithinMs,
      connectionsCheckingInterval: limits.lookEveryMs,
      maxHeaderSize: limits.headerBytes,
      requireHostHeader: false,
    },
    requestIdHeader: false,
    genReqId: traceIdOf,
    clientErrorHandler: answerGarbled(refused, limits),
    frameworkErrors: answerUnroutable,
    routerOptions: { querystringParser: readQuery },
  });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, readJson(body as Buffer, request.headers));
    } catch (error) {
      done(error as Error);
    }
  });
  answerUnserved(fastify.server, refused);
  return adapter;
}

/** The path itself cannot be read; Fastify answers this before any hook or filter of ours. */
function answerUnroutable(error: { code?: string }, { id }: { id: string }, reply: unknown): void {
  sendProblem((reply as WireReply).header('x-request-id', id), frameworkProblem(error), id);
}

/** The caller's trace, or its own id where that is a sane one, so that one id runs through both programs' logs. */
function traceIdOf({ headers }: IncomingMessage): string {
  const trace = traceOf(headers);
  if (trace) return trace.traceId;
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
