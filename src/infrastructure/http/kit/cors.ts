/** Lets pages of the origins in the configuration call this API from a browser; by default there are none. */
import type { FastifyAdapter } from '@nestjs/platform-fastify';

const allowedHeaders =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Actor, X-Request-Id';
const exposedHeaders =
  'ETag, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id';
const preflightForSeconds = '600';

/** Answers for these origins, each such as `https://console.example`; a preflight is answered before a token is asked for. */
export function allowOrigins(adapter: FastifyAdapter, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    reply.header('vary', 'Origin');
    const { origin, 'access-control-request-method': asked } = request.headers;
    if (origin === undefined || !allowed.has(origin)) return done();
    reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', exposedHeaders);
    if (request.method !== 'OPTIONS' || asked === undefined) return done();
    reply.header('access-control-allow-methods', 'GET, HEAD, POST, PUT, DELETE');
    reply.header('access-control-allow-headers', allowedHeaders);
    reply.header('access-control-max-age', preflightForSeconds).code(204).send();
  });
}
