/**
 * What it costs to hold each event that is read to its hash and to the one before it: filling all read models, and reading a
 * stream before each append to it, against the same without the check. The service has no way to leave it out.
 */
import { join } from 'node:path';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { readModelTable } from '../src/projections/read-model-table.js';
import { type Benchmark, perSecond, rounds } from './benchmark.js';
import { fill } from './catch-up.js';
import { draft, fill as fillStreams, requested } from './events.js';
import { runFolder } from './folders.js';
import { keptLives } from './lives-log.js';

const unchecked = { overChecks: () => () => undefined };
const atMostATenth = [{ on: 'ratio', at: 0.9 }] as const;

export const benchmark: Benchmark = {
  name: 'hash-check',
  rounds,
  figures: [
    { unit: 'events/s', better: 'higher', marks: atMostATenth },
    { unit: 'appends/s', better: 'higher', marks: atMostATenth },
  ],
  async open(smoke) {
    const log = await keptLives(smoke ? 2_800 : 200_000);
    const times = smoke ? 50 : 2_000;
    const [ours, baseline] = [
      await openSide('checked', log, times),
      await openSide('unchecked', log, times, unchecked),
    ];
    return {
      ours: ours.turn,
      baseline: baseline.turn,
      close: async () => {
        await ours.close();
        await baseline.close();
      },
    };
  },
};

/** One side: a log to fill read models from, and one to append to. */
async function openSide(name: string, log: string, times: number, how = {}) {
  const folder = runFolder();
  const lives = openSqliteEventStore({ file: log, ...how });
  const written = openSqliteEventStore({ file: join(folder, `${name}.db`), ...how });
  const count = Number(lives.head()?.split(':')[1]);
  const appendOne = await openFoldedAppends(written, name);
  return {
    turn: async (round: number) => [
      await perSecond(count, () => fill(lives, join(folder, `${name}-${round}`), readModelTable)),
      await perSecond(times, () => appendOne(times)),
    ],
    close: async () => {
      await lives.close();
      await written.close();
    },
  };
}

const streams = 1_000;

/** Makes a thousand streams; the answer reads each in turn, as a fold that nobody has kept does, and appends an event to it. */
async function openFoldedAppends(store: SqliteEventStore, name: string): Promise<(times: number) => Promise<void>> {
  const nameOf = (index: number): string => `provider-${name}-${index}`;
  const event = requested('acme');
  await fillStreams(store, streams, (index) => ({ stream: nameOf(index), event, at: Date.now() }));
  let appended = 0;
  return async (times) => {
    for (const until = appended + times; appended < until; appended++) {
      const stream = nameOf(appended % streams);
      const { length } = await store.read(stream);
      await store.append(stream, length - 1, [draft(event, stream, Date.now())]);
    }
  };
}
