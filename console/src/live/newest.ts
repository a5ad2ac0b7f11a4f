/** How new a list must be, by what was heard: no newer than the service can make it. */
import { ApiProblem } from '../api/problem.js';
import type { Fact } from '../api/types.js';

/** A head that was signed is told among the facts, and is none: no list is newer for it. */
export const hasPosition = (data: unknown): data is Fact =>
  typeof data === 'object' && data !== null && 'position' in data && typeof data.position === 'string';

/** The read model stands still, or the log was moved: the service has a list, but none that is known to be so new. */
const notSoNew: ReadonlySet<string> = new Set(['not-caught-up', 'former-log']);

/** Reads what holds the newest fact, or what there is where that cannot be had: an older list is better than none. */
export async function newestOrOlder<T>(
  newest: string | undefined,
  read: (newest: string | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await read(newest);
  } catch (error) {
    if (newest === undefined || !(error instanceof ApiProblem) || !notSoNew.has(error.kind)) throw error;
    return read(undefined);
  }
}
