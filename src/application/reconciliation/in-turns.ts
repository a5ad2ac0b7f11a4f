/** Long work in small pieces, so that whoever else has something to do in this process waits for one piece at most. */
import { setImmediate as nextTurn } from 'node:timers/promises';

const atOnce = 200;

/** Does `work` for each item, so many at most in one turn of the event loop; leaves off when the signal aborts. */
export async function inTurns<T>(items: Iterable<T>, signal: AbortSignal, work: (item: T) => void): Promise<void> {
  let left = atOnce;
  for (const item of items) {
    work(item);
    left -= 1;
    if (left > 0) continue;
    await nextTurn();
    if (signal.aborted) return;
    left = atOnce;
  }
}
