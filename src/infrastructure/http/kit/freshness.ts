/** Lets a read wait until the read models hold what the caller has already seen. */

import type { ReadModels } from '../../../application/ports/read-models.js';
import { UnknownPosition } from '../../../application/streams/event-store.js';
import { positionProblem } from './problem-of.js';
import { Problem } from './problems.js';

const longestMs = 5_000;

/** Resolves once every read model holds the position asked for, if any; throws `not-caught-up` after five seconds. */
export async function caughtUp(readModels: ReadModels, { minPosition }: { minPosition?: string }): Promise<void> {
  if (minPosition === undefined) return;
  const reached = await ofThisLog('minPosition', () => readModels.waitFor(minPosition, longestMs));
  if (reached) return;
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
