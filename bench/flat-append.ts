/** Durable appends one by one on a log of a million events, against the same on an empty log. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openAppends } from './append-one.js';
import { type Benchmark, perSecond, rounds } from './benchmark.js';
import { runFolder } from './folders.js';
import { keptRequests } from './requested-log.js';

export const benchmark: Benchmark = {
  name: 'flat-append',
  rounds,
  figures: [{ unit: 'appends/s', better: 'higher', marks: [{ on: 'ratio', at: 0.8 }] }],
  async open(smoke) {
    const [times, events] = smoke ? [50, 2_000] : [2_000, 1_000_000];
    const folder = runFolder();
    const kept = await keptRequests(events);
    // A copy, because what is appended stays for ever.
    copyFileSync(join(kept, 'events.db'), join(folder, 'large.db'));
    const large = openSqliteEventStore({ file: join(folder, 'large.db') });
    const small = openSqliteEventStore({ file: join(folder, 'small.db') });
    const [appendToLarge, appendToSmall] = [await openAppends(large, 'more'), await openAppends(small, 'more')];
    return {
      ours: async () => [await perSecond(times, () => appendToLarge(times))],
      baseline: async () => [await perSecond(times, () => appendToSmall(times))],
      async close() {
        await large.close();
        await small.close();
      },
    };
  },
};
