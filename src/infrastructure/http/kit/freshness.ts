/** Lets a read wait until the read models hold what the caller has already seen. */
import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { UnknownPosition } from '../../../application/ports/event-store-errors.js';
import type { ReadModelName } from '../../../application/ports/read-model-health.js';
import type { ReadModels } from '../../../application/ports/read-models.js';
import { WrongPosition } from './position-problems.js';
import { Problem } from './problems.js';
import type { WireRequest } from './wire.js';

/** Positions are opaque to callers, but their outer form is checked before a store sees them. */
export const positionForm = /^[^\s:]{1,64}:\d{1,15}$/;
export const positionWords = 'a position from an answer of this service';

const longestMs = 5_000;

/** The metadata key under which a route keeps what it is read from. */
const READS_FROM = 'partner-cloud:reads-from';

/** Declares what a read is answered from: one with `minPosition` waits for these read models and no others. */
export const ReadsFrom = (...models: readonly ReadModelName[]): MethodDecorator =>
  applyDecorators(SetMetadata(READS_FROM, models), UseGuards(CaughtUp));

/**
 * Holds a read with `minPosition` back until it can be answered; what is no position is left to the route's own check. A
 * guard and no interceptor, because every read would pay for the two observables that Nest makes around a call.
 */
@Injectable()
class CaughtUp implements CanActivate {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { minPosition } = context.switchToHttp().getRequest<WireRequest>().query as { minPosition?: unknown };
    if (typeof minPosition !== 'string' || !positionForm.test(minPosition)) return true;
    const models = this.reflector.get<readonly ReadModelName[]>(READS_FROM, context.getHandler());
    return caughtUp(this.on.readModels, minPosition, models);
  }
}

/** Resolves once these read models hold the position asked for; throws `not-caught-up` after five seconds. */
export async function caughtUp(
  { waitFor }: ReadModels,
  minPosition: string,
  models: readonly ReadModelName[],
): Promise<true> {
  const reached = await ofThisLog('minPosition', () => waitFor(minPosition, longestMs, undefined, models));
  if (reached) return true;
  const wrong = { field: 'minPosition', problem: 'is not reached yet', allowed: 'the same again in a moment' };
  const words = 'The read models that answer this do not hold this position yet; send the request again.';
  throw new Problem('not-caught-up', words, [wrong], {}, { 'retry-after': '2' });
}

/** Does work with a position from the caller; one of another log is told with the field that it came in. */
export async function ofThisLog<T>(field: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnknownPosition) throw new WrongPosition(field, error);
    throw error;
  }
}
