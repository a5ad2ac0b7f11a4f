/** 200,000 unclaimed credentials: CPU of a sweep that finds nothing new, against reading who is due and nothing else. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../src/application/ports/clock.js';
import type { Benchmark, Course } from './benchmark.js';
import { longAfter, openUnclaimed, startWatching } from './unclaimed.js';

const sweepMs = 60_000;
const pageSize = 1_000;

export const benchmark: Benchmark = {
  name: 'sweep',
  rounds: 5,
  figures: [{ unit: 's of CPU', better: 'lower', marks: [{ on: 'value', at: 0.5 }] }],
  async open(smoke): Promise<Course> {
    const parts = await openUnclaimed(smoke ? 200 : 200_000);
    const { readModels } = parts.dependencies;
    const clock = openSweepClock();
    const watching = startWatching(parts, clock, () => undefined);
    await clock.swept();
    return {
      ours: async () => [await cpuSeconds(() => clock.sweep())],
      baseline: async () => [
        await cpuSeconds(async () => {
          for (let after = ''; ; await nextTurn()) {
            const page = readModels.due(after, pageSize);
            if (page.length < pageSize) return;
            after = page.at(-1)?.id ?? '';
          }
        }),
      ],
      async close() {
        await watching.stop();
        await parts.close();
      },
    };
  },
};

/** A clock that stands still, and ends only the pauses between two sweeps, when it is asked to. */
function openSweepClock() {
  let pause: (() => void) | undefined;
  let begun = Promise.withResolvers<void>();
  const clock: Clock = {
    now: () => longAfter,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        signal.addEventListener('abort', () => resolve());
        if (ms !== sweepMs) return;
        pause = resolve;
        begun.resolve();
      }),
  };
  return {
    ...clock,
    /** Resolves once a sweep has ended. */
    swept: () => begun.promise,
    async sweep(): Promise<void> {
      begun = Promise.withResolvers();
      pause?.();
      await begun.promise;
    },
  };
}

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}
