/** Facts that change no row of a read model are passed without writing to its file, and nothing is lost by it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { checkpointOf } from '../../../src/projections/engine/model-file.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { draft } from '../../support/events.js';
import { fileOf } from '../../support/read-model-names.js';
import { active } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
let store: SqliteEventStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
});
afterEach(() => store.close());

/** Read models that follow the log for as long as the work takes. */
async function following<T>(name: string, work: (caughtUp: () => Promise<void>) => Promise<T>): Promise<T> {
  const files = openReadModelFiles(join(folder, name));
  const stop = new AbortController();
  const models = startReadModels(store, files, stop.signal);
  const caughtUp = async () => expect(await models.waitFor(store.head() ?? '', 5_000)).toBe(true);
  try {
    return await work(caughtUp);
  } finally {
    stop.abort();
    await models.ended;
    files.close();
  }
}

const inFile = <T>(name: string, model: Parameters<typeof fileOf>[0], read: (db: DatabaseSync) => T): T => {
  using db = new DatabaseSync(join(folder, name, fileOf(model)));
  return read(db);
};
const positionIn = (name: string, model: Parameters<typeof fileOf>[0]) => inFile(name, model, checkpointOf).position;

const loadsIn = (name: string) =>
  inFile(name, 'payer-load', (db) =>
    ['payer_load', 'payer_load_accounts', 'payer_load_turns'].map((table) =>
      db.prepare(`SELECT * FROM ${table}`).all(),
    ),
  );

test('the checkpoint stays while nothing concerns a read model, and is put into the file when the reader ends', async () => {
  await following('live', async (caughtUp) => {
    await store.append(
      'provider-1',
      -1,
      active.slice(0, 1).map((event) => draft(event)),
    );
    await caughtUp();
    const before = positionIn('live', 'organizations');
    await store.append(
      'provider-1',
      0,
      active.slice(1, 2).map((event) => draft(event)),
    );
    await caughtUp();
    expect(positionIn('live', 'provider-status')).toBe(store.head());
    expect(positionIn('live', 'organizations')).toBe(before);
  });
  expect(positionIn('live', 'organizations')).toBe(store.head());
});

test('after a thousand facts the checkpoint is put into the file in any case', async () => {
  await following('live', async (caughtUp) => {
    for (let n = 0; n < 100; n++) {
      await store.append(
        `provider-${n}`,
        -1,
        active.slice(0, 12).map((event) => draft(event)),
      );
      await caughtUp();
    }
    const [, place = ''] = (positionIn('live', 'organizations') ?? '').split(':');
    expect(Number(place)).toBeGreaterThan(100);
  });
});

test('the load of payers, fact by fact, is what the whole log makes of it at once', async () => {
  await following('live', async (caughtUp) => {
    for (const [revision, event] of active.entries()) {
      await store.append('provider-1', revision - 1, [draft(event)]);
      await caughtUp();
    }
  });
  await following('anew', (caughtUp) => caughtUp());
  expect(loadsIn('live')).toEqual(loadsIn('anew'));
  expect(loadsIn('live').flat().length).toBeGreaterThan(2);
});
