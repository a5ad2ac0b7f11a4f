/** What begins once the read models are filled, on real read models whose log is held back until the test lets it come. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/application/ports/clock.js';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import { providers } from '../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../src/application/streams/causes.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import { startWhenFilled } from '../../../src/composition/sagas/start-when-filled.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let store: SqliteEventStore;
let release: () => void;
let close: () => Promise<void>;
let readModels: ReturnType<typeof startReadModels>;
let told: string[];

beforeEach(async () => {
  const folder = temporaryFolder();
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
  const streams = openStreams(store, systemClock, () => undefined);
  await streams.change(providers, 'p1', sagaCause('p1', 'test', 'given'), () => s.created);
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held: EventStore = {
    ...store,
    async *follow(...asked) {
      await released;
      for await (const { events, ...page } of store.follow(...asked)) {
        for (const event of events) {
          yield { events: [event], caughtUp: false };
          await nextTurn();
        }
        yield { ...page, events: [] };
      }
    },
  };
  const db = openReadModelFiles(join(folder, 'read-models'));
  const ending = new AbortController();
  readModels = startReadModels(held, db, ending.signal);
  told = [];
  close = async () => {
    release();
    ending.abort();
    await readModels.ended;
    db.close();
    await store.close();
  };
});
afterEach(() => close());

const begin = () => {
  told.push('begun');
  return { stop: async () => void told.push('stopped') };
};

test('it begins once they are filled, and not before', async () => {
  const begun = startWhenFilled(readModels, store.head, begin);
  await readModels.waitFor(store.head() ?? '', 1);
  expect([told, begun.running()]).toEqual([[], undefined]);
  release();
  await begun.ready;
  expect(begun.running()).toBeDefined();
  await begun.stop();
  expect(told).toEqual(['begun', 'stopped']);
});

test('what is appended while they are filled is in them when it begins, because nobody is woken for it', async () => {
  const streams = openStreams(store, systemClock, () => undefined);
  const due: string[] = [];
  const begun = startWhenFilled(readModels, store.head, () => {
    due.push(...readModels.due('', 10).map(({ id }) => id));
    return begin();
  });
  for (const id of ['p2', 'p3']) await streams.change(providers, id, sagaCause(id, 'test', 'given'), () => s.created);
  release();
  await begun.ready;
  expect(due).toEqual(['p1', 'p2', 'p3']);
  await begun.stop();
});

test('a stop while they are filled comes to its end, and nothing begins', async () => {
  const begun = startWhenFilled(readModels, store.head, begin);
  await begun.stop();
  await begun.ready;
  expect(told).toEqual([]);
});

test('what cannot begin is told to whoever waits for it', async () => {
  const begun = startWhenFilled(
    readModels,
    () => undefined,
    () => {
      throw new Error('It cannot.');
    },
  );
  await expect(begun.ready).rejects.toThrow('It cannot.');
  await begun.stop();
});
