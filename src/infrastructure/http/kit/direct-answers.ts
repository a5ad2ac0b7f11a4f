/**
 * The plain case of a route that is asked far more often than any other, answered without Nest's way of calling a route. All
 * that stands around a route stays: limits, token, authorization, headers, log, figures and spans are hooks of every request.
 */
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Refusal } from '../../../domain/refusal.js';
import type { WireReply, WireRequest } from './wire.js';

/**
 * Answers a request as its route would, or leaves it alone and answers `false`; it may throw, and has then told nothing yet. A
 * refusal is what the route would throw as well.
 */
export type DirectAnswer = (request: WireRequest, reply: WireReply) => boolean;

type Handler = (this: unknown, request: WireRequest, reply: WireReply) => unknown;

/** By method and path as the route declares them, such as `GET /v1/providers/:id`; to be called before routes are added. */
export function answerDirectly(adapter: FastifyAdapter, answers: Readonly<Record<string, DirectAnswer>>): void {
  adapter.getInstance().addHook('onRoute', (route) => {
    const answer = answers[`${String(route.method)} ${route.url}`];
    if (answer) route.handler = orElse(answer, route.handler as Handler) as typeof route.handler;
  });
}

/** Whatever is not plain goes the usual way, which also tells what is wrong; a refusal is answered as one that the route throws. */
const orElse = (answer: DirectAnswer, usual: Handler): Handler =>
  function (request, reply) {
    return isAnswered(answer, request, reply) ? reply : usual.call(this, request, reply);
  };

function isAnswered(answer: DirectAnswer, request: WireRequest, reply: WireReply): boolean {
  try {
    return answer(request, reply);
  } catch (error) {
    // It would be the same again, at the same cost.
    if (error instanceof Refusal) throw error;
    return false;
  }
}
