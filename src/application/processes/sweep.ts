/** Finds, now and every minute, those who are owed a step and whom nobody attends: what a lost wake signal left behind. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorText } from '../error-text.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { Due } from './process.js';

export const sweepMs = 60_000;
const pageSize = 1_000;

interface SweepParts {
  readonly clock: Clock;
  readonly log: Log;
}

/** Shows everybody who is due to `found`, until the signal aborts. */
export async function sweep(
  { clock, log }: SweepParts,
  due: (afterId: string, limit: number) => readonly Due[],
  found: (due: Due) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await showEach(due, found, signal);
    } catch (error) {
      log.error({ words: errorText(error) }, 'Who is due could not be read; it is tried again.');
    }
    await clock.wait(sweepMs, signal);
  }
}

/** In pages, so that others get their turn. */
async function showEach(
  due: (afterId: string, limit: number) => readonly Due[],
  found: (due: Due) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let after = ''; !signal.aborted; await nextTurn()) {
    const page = due(after, pageSize);
    for (const each of page) found(each);
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? after;
  }
}
