/** A clock that stands still while anything is being done and then jumps to the next moment somebody waits for. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../src/application/ports/clock.js';

export interface VirtualClock extends Clock {
  /** Lets time pass until the promise is settled; throws when nobody waits for anything any more. */
  until<T>(promise: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** So many turns of the event loop without anything happening mean that all work in this process is done. */
const quietTurns = 6;

/** A clock that begins at this moment (milliseconds since the epoch). */
export function openVirtualClock(begin: number): VirtualClock {
  const sleepers = new Set<Sleeper>();
  let now = begin;

  function jump(): void {
    const next = Math.min(...[...sleepers].map(({ at }) => at));
    if (next === Number.POSITIVE_INFINITY) throw new Error('Nothing is waited for, so time would never pass.');
    now = Math.max(now, next);
    for (const sleeper of [...sleepers]) if (sleeper.at <= now) sleeper.wake();
  }

  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        signal.addEventListener('abort', wake);
      }),
    async until(promise) {
      let settled = false;
      const end = (): void => {
        settled = true;
      };
      promise.then(end, end);
      while (!settled) {
        await quiet();
        if (!settled) jump();
      }
      return promise;
    },
  };
}

/** SQLite and the simulator answer at once; what the SDK reads from files is waited for. */
async function quiet(): Promise<void> {
  for (let turns = 0; turns < quietTurns; turns++) {
    await nextTurn();
    if (process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'))) turns = 0;
  }
}
