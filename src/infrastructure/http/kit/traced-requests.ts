/** A span around each request, below that of the caller where it sends one; what the route does lies within it. */
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { type Context, context, ROOT_CONTEXT, type Span, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { failed } from '../../../application/spans.js';
import { traceOf } from './trace-context.js';
import type { WireReply, WireRequest } from './wire.js';

const tracer = trace.getTracer('partner-cloud');

/**
 * The span begins once the body is read, because Fastify goes on in another context from there; what a route does goes on in the
 * one that is set here. Live connections are left out: their spans would last for as long as somebody looks.
 */
export function traceRequests(adapter: FastifyAdapter): void {
  const spans = new WeakMap<object, Span>();
  const fastify = adapter.getInstance();
  fastify.addHook('preValidation', (request: WireRequest, _, done) => {
    const route = request.routeOptions.url ?? 'none';
    if (isLive(request)) return done();
    const above = callersContext(request);
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'partner_cloud.request_id': request.id,
    };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, above);
    if (!span.isRecording()) return done();
    spans.set(request.raw, span);
    context.with(trace.setSpan(above, span), done);
  });
  fastify.addHook('onResponse', (request: WireRequest, reply: WireReply, done) => {
    const span = spans.get(request.raw);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (span && reply.statusCode >= 500) failed(span, String(reply.statusCode));
    span?.end();
    done();
  });
}

const isLive = ({ headers, routeOptions }: WireRequest): boolean =>
  /changes$/.test(routeOptions.url ?? '') || headers.accept === 'text/event-stream';

function callersContext({ headers }: WireRequest): Context {
  const given = traceOf(headers);
  if (!given) return ROOT_CONTEXT;
  const { traceId, spanId, sampled } = given;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
