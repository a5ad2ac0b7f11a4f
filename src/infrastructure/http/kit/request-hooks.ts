/** What happens around every request, before and after its route: trace id, log line, refusals that need no body, the token. */
import { NotFoundException } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Action } from '../../../application/authorization/actions.js';
import type { Log } from '../../../application/ports/log.js';
import type { Metrics } from '../../../application/ports/metrics.js';
import { type Admission, bearerCheck } from './bearer-check.js';
import { isGone } from './gone.js';
import type { PathMethods } from './path-methods.js';
import { problemSent, sendProblem } from './problem-filter.js';
import { inSentences, Problem } from './problems.js';
import { queryFault } from './query-string.js';
import { requestLine } from './request-line.js';
import type { RouteAction } from './route-action.js';
import { securityHeaders } from './security-headers.js';
import { strangersAt } from './tenant.js';
import type { WireReply, WireRequest } from './wire.js';
import type { WireFault } from './wire-limits.js';

/** Adds a request's trace id and headers, one line in the log, and its figures. */
export function watchRequests(adapter: FastifyAdapter, log: Log, metrics: Metrics): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('x-request-id', request.id);
    // The path may be written in several ways; the route that it leads to is one.
    const { url: route = '/v1' } = request.routeOptions;
    if (route.startsWith('/v1')) reply.header('cache-control', 'no-store');
    done();
  });
  fastify.addHook('onResponse', (request: WireRequest, reply: WireReply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const status = reply.statusCode;
    if (!route.startsWith('/health') || status >= 400) log.info(requestLine(request, route, reply), 'request');
    const labels = { method, route, status: String(status) };
    metrics.measure('partner_cloud_http_request_seconds', labels, reply.elapsedTime / 1_000);
    const reason = problemSent(reply);
    if (reason !== undefined) metrics.count('partner_cloud_http_refused_total', { reason });
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

/**
 * Lets only those requests on to their route, and their body be read, that have one, can be understood so far, and come
 * with a token for it. Throws, when routes are added, at one that declares no action.
 */
export function admitRequests(
  adapter: FastifyAdapter,
  on: Admission & { readonly wire: WireFault },
  paths: PathMethods,
): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    paths.add(route.url, route.method);
    const { action, dryRun } = (route.config ?? {}) as { readonly action?: RouteAction; readonly dryRun?: Action };
    if (action === undefined) throw new Error(`${String(route.method)} ${route.url} declares no action`);
    if (action !== 'open') route.onRequest = [bearerCheck(action, on, dryRun)];
    else if (!route.url.startsWith(health)) route.onRequest = [strangersTurn(on)];
  });
  fastify.addHook('onRequest', (request: WireRequest & { readonly is404: boolean }, reply: WireReply, done) => {
    // What bounds a connection waits for nothing, or it would bound nothing.
    const over = on.wire(request.raw);
    if (over) return done(over);
    const lost = request.is404 ? new NotFoundException() : undefined;
    const fault = lost ?? headerFault(request.raw) ?? queryFault(request.query);
    if (fault) strangersTurn(on)(request, reply, (refused) => done(refused ?? fault));
    else done();
  });
}

/** Whoever asks how the service is must hear of it, whatever else strangers ask. */
const health = '/health/';

/**
 * What needs no token, and what is refused without looking at one, waits with the other strangers at its address; where too many
 * wait it is refused.
 */
const strangersTurn =
  ({ scheduler }: Pick<Admission, 'scheduler'>) =>
  ({ raw }: Pick<WireRequest, 'raw'>, reply: WireReply, done: (refused?: Error) => void): void => {
    const isLeft = (): boolean => isGone(reply.raw);
    let turn: Promise<void> | undefined;
    try {
      turn = scheduler.turn(strangersAt(raw.socket.remoteAddress), 'stranger', isLeft);
    } catch (refused) {
      return void done(refused as Error);
    }
    if (turn) void turn.then(() => (isLeft() ? reply.hijack() : done()));
    else done();
  };

/** Headers of which Node keeps the first and drops the others, though they may say something else. */
const single: ReadonlySet<string> = new Set(['authorization', 'content-type', 'host']);

function headerFault({ headers, rawHeaders, httpVersion }: WireRequest['raw']): Problem | undefined {
  if (headers.host === undefined && httpVersion === '1.1') return wrongHeader('Host', 'is missing', 'host and port');
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (!single.has(name)) continue;
    if (seen.has(name)) return wrongHeader(rawHeaders[at] ?? '', 'is there twice', 'one');
    seen.add(name);
  }
  return undefined;
}

function wrongHeader(field: string, problem: string, allowed: string): Problem {
  const wrong = { field, problem, allowed };
  return new Problem('invalid', inSentences([wrong]), [wrong]);
}
