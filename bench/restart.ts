/** Ten thousand unclaimed credentials: calls to AWS in the first minute after a start, against those of a minute at rest. */
import type { Benchmark, Course } from './benchmark.js';
import { longAfter, openUnclaimed, startWatching } from './unclaimed.js';
import { openVirtualClock } from './virtual-clock.js';

const minuteMs = 60_000;
/** By then every one of them has been looked at. */
const restsAfterMinutes = 10;
const minutesAtRest = 5;

export const benchmark: Benchmark = {
  name: 'restart',
  rounds: 1,
  figures: [{ unit: 'calls a minute (virtual)', better: 'lower', marks: [{ on: 'ratio', at: 3 }] }],
  async open(smoke): Promise<Course> {
    const parts = await openUnclaimed(smoke ? 200 : 10_000);
    let atRest = Number.NaN;
    return {
      async ours() {
        const clock = openVirtualClock(longAfter);
        let calls = 0;
        const watching = startWatching(parts, clock, () => void calls++);
        const after = async (minutes: number): Promise<number> => {
          const before = calls;
          await clock.until(clock.wait(minutes * minuteMs, new AbortController().signal));
          return calls - before;
        };
        const first = await after(1);
        await after(restsAfterMinutes - 1);
        atRest = (await after(minutesAtRest)) / minutesAtRest;
        await clock.until(watching.stop());
        return [first];
      },
      baseline: async () => [atRest],
      close: () => parts.close(),
    };
  },
};
