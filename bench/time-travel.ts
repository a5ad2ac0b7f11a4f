/** One provider as it was at a position, in a log of a million events, against the same in a log of three thousand. */
import { createReadStream } from 'node:fs';
import { statusAsOf } from '../src/application/queries/past-status.js';
import { openSqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { type Benchmark, quantile } from './benchmark.js';
import { keptLives } from './lives-log.js';
import { providerIdOf } from './requested-log.js';

export const benchmark: Benchmark = {
  name: 'time-travel',
  rounds: 5,
  figures: [
    {
      unit: 'ms (p99)',
      better: 'lower',
      marks: [
        { on: 'value', at: 5 },
        { on: 'ratio', at: 1.5 },
      ],
    },
  ],
  async open(smoke) {
    const [large, small] = [await openSide(smoke ? 2_800 : 1_000_000), await openSide(2_800)];
    const times = smoke ? 50 : 2_000;
    return {
      ours: async () => [await p99(large, times)],
      baseline: async () => [await p99(small, times)],
      async close() {
        await large.store.close();
        await small.store.close();
      },
    };
  },
};

/** So many lives lie side by side in a kept log, and each block holds all steps of them. */
const sideBySide = 200;

async function openSide(events: number) {
  const file = await keptLives(events);
  await readOnce(file);
  const store = openSqliteEventStore({ file });
  const [logId = '', last] = store.head()?.split(':') ?? [];
  return { store, logId, events: Number(last) };
}

/** A log in use lies in the operating system's memory; one that was only just made or found is read from the disk first, which times the disk. */
async function readOnce(file: string): Promise<void> {
  for await (const _ of createReadStream(file, { highWaterMark: 1 << 20 }));
}

/** A provider that was there by then, anywhere in the log, at a place in the middle of its life. */
async function p99({ store, logId, events }: Awaited<ReturnType<typeof openSide>>, times: number): Promise<number> {
  const life = await store.read(`provider-${providerIdOf(0)}`);
  const lives = Math.floor(events / life.length / sideBySide) * sideBySide;
  const taken: number[] = [];
  for (let n = 0; n < times; n++) {
    const chosen = Math.floor(Math.random() * lives);
    const block = Math.floor(chosen / sideBySide) * sideBySide * life.length;
    const position = `${logId}:${block + Math.floor((life.length * sideBySide) / 2)}`;
    const begun = performance.now();
    const status = await statusAsOf(store, providerIdOf(chosen), { position }, true);
    taken.push(performance.now() - begun);
    if (!status) throw new Error(`There was no ${providerIdOf(chosen)} at ${position}.`);
  }
  return quantile(taken, 0.99);
}
