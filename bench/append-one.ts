/** Durable appends one by one, against a bare write and fdatasync of the same bytes. */
import { join } from 'node:path';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { type Benchmark, perSecond, rounds } from './benchmark.js';
import { draft, fill, requested } from './events.js';
import { runFolder } from './folders.js';
import { openSyncedFile } from './synced-file.js';

export const benchmark: Benchmark = {
  name: 'append-one',
  rounds,
  figures: [{ unit: 'appends/s', better: 'higher', marks: [{ on: 'ratio', at: 0.7 }] }],
  async open(smoke) {
    const times = smoke ? 50 : 2_000;
    const folder = runFolder();
    const store = openSqliteEventStore({ file: join(folder, 'events.db') });
    const appendOne = await openAppends(store, 'one');
    const file = openSyncedFile(join(folder, 'bare'), await storedBytes(store));
    return {
      ours: async () => [await perSecond(times, () => appendOne(times))],
      baseline: async () => [await perSecond(times, () => file.write(times))],
      close: async () => {
        file.close();
        await store.close();
      },
    };
  },
};

const streams = 1_000;

/** Makes a thousand streams; the answer appends so many 400-byte events to them in turn, each awaited before the next. */
export async function openAppends(store: SqliteEventStore, prefix: string): Promise<(times: number) => Promise<void>> {
  const nameOf = (index: number): string => `provider-${prefix}-${index}`;
  const event = requested('acme');
  await fill(store, streams, (index) => ({ stream: nameOf(index), event, at: Date.now() }));
  let appended = 0;
  return async (times) => {
    for (const until = appended + times; appended < until; appended++) {
      const stream = nameOf(appended % streams);
      await store.append(stream, Math.floor(appended / streams), [draft(event, stream, Date.now())]);
    }
  };
}

/** As many bytes as the log keeps of one such event: its data, its metadata, its id and its two hashes. */
async function storedBytes(store: SqliteEventStore): Promise<Buffer> {
  const [recorded] = await store.read('provider-one-0');
  if (!recorded) throw new Error('The store has lost an event.');
  const { eventId, previousHash, hash, ...metadata } = recorded.metadata;
  const { type, ...data } = recorded.event;
  const text = JSON.stringify(data) + JSON.stringify(metadata) + type + eventId + previousHash + hash;
  return Buffer.from(text);
}
