/** Lets a read wait until the read models hold what the caller has already seen. */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import type { ReadModels } from '../../../application/ports/read-models.js';
import { UnknownPosition } from '../../../application/streams/event-store.js';
import { positionProblem } from './problem-of.js';
import { Problem } from './problems.js';
import type { WireRequest } from './wire.js';

/** Positions are opaque to callers, but their outer form is checked before a store sees them. */
export const positionForm = /^[^\s:]{1,64}:\d{1,15}$/;
export const positionWords = 'a position from an answer of this service';

const longestMs = 5_000;

/**
 * Holds a read with `minPosition` back until it can be answered; what is no position is left to the route's own check. A
 * guard and no interceptor, because every read would pay for the two observables that Nest makes around a call.
 */
@Injectable()
export class CaughtUp implements CanActivate {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { minPosition } = context.switchToHttp().getRequest<WireRequest>().query as { minPosition?: unknown };
    if (typeof minPosition !== 'string' || !positionForm.test(minPosition)) return true;
    return caughtUp(this.on.readModels, minPosition);
  }
}

/** Resolves once every read model holds the position asked for; throws `not-caught-up` after five seconds. */
export async function caughtUp(readModels: ReadModels, minPosition: string): Promise<true> {
  const reached = await ofThisLog('minPosition', () => readModels.waitFor(minPosition, longestMs));
  if (reached) return true;
  const wrong = { field: 'minPosition', problem: 'is not reached yet', allowed: 'the same again in a moment' };
  const words = 'The read models do not hold this position yet; send the request again.';
  throw new Problem('not-caught-up', words, [wrong], {}, { 'retry-after': '2' });
}

/** Does work with a position from the caller; one of another log becomes a problem that names the field. */
export async function ofThisLog<T>(field: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnknownPosition) throw positionProblem(field);
    throw error;
  }
}
