/** The file of the read models holds nothing that the log does not: damaged or of another version, it is made anew. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ReadModelsUnavailable } from '../../../src/application/ports/read-models.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { commitGood } from '../../../src/projections/engine/commit.js';
import { findingDamage, markOf, onDamage, watched, watchForDamage } from '../../../src/projections/engine/damage.js';
import { fillFiles } from '../../../src/projections/engine/fill.js';
import type { Version } from '../../../src/projections/engine/read-model.js';
import { fedVersionsIn, openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { damage, damageInUse } from '../../support/damaged-file.js';
import { draft } from '../../support/events.js';
import { restOf } from '../../support/following.js';
import { allFiles, fileOf } from '../../support/read-model-names.js';
import { until } from '../../support/service.js';
import { active, providerRequested } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
let file: string;
let store: SqliteEventStore;
let told: string[];

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folderOf(), fileOf('provider-status'));
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
  told = [];
  const drafts = active.map((event) => draft(event));
  for (let n = 0; n < 30; n++) await store.append(`provider-${n}`, -1, drafts);
});
afterEach(() => store.close());

const folderOf = () => join(folder, 'read-models');
const openFiles = () => openReadModelFiles(folderOf(), (why) => void told.push(why));

/** Read models on the file as it is, once they hold the whole log, for as long as the work takes. */
async function whole<T>(
  work: (models: ReturnType<typeof startReadModels>, db: DatabaseSync) => Promise<T> | T,
): Promise<T> {
  const files = openFiles();
  const { db } = files.models['provider-status'].current;
  const stop = new AbortController();
  const models = startReadModels(store, files, stop.signal);
  try {
    expect(await models.waitFor(store.head() ?? '', 5_000)).toBe(true);
    return await work(models, db);
  } finally {
    stop.abort();
    await models.ended;
    files.close();
  }
}

const stagesOf = (models: ReturnType<typeof startReadModels>) =>
  Array.from({ length: 30 }, (_, n) => models.provider(String(n))?.provider.stage);
const allActive = Array.from({ length: 30 }, () => 'active');

test('a file that is whole is kept', async () => {
  await whole(stagesOf);
  expect(await whole(stagesOf)).toEqual(allActive);
  expect(told).toEqual([]);
});

test('a file that another process has locked is waited for without holding up this one', async () => {
  await whole(async (models, db) => {
    // SQLite would wait in this thread.
    expect(db.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 0 });
    using other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    await store.append('provider-30', -1, [draft(providerRequested)]);
    await until(
      () => Promise.resolve(models.health()),
      (versions) => versions.some(({ stopped }) => /locked/.test(stopped ?? '')),
    );
    other.exec('ROLLBACK');
    expect(await models.waitFor(store.head() ?? '', 5_000)).toBe(true);
    expect(models.provider('30')?.provider.stage).toBe('requested');
  });
});

test.each([
  ['is no database', () => writeFileSync(file, 'x'.repeat(5_000)), /not a database/],
  ['has a damaged beginning', () => damage(file, 100, 4_000), /malformed/],
  ['is of another version', () => changeVersion(99), /it has version 99, this program's is \d+/],
  ['is of a version from before versions', () => changeVersion(0), /it has version 0/],
])('a file that %s is thrown away at the start and filled again', async (_, spoil, why) => {
  await whole(stagesOf);
  spoil();
  expect(await whole(stagesOf)).toEqual(allActive);
  expect(told).toEqual([expect.stringMatching(why)]);
});

function changeVersion(version: number): void {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

test('files of other versions are removed once this one is whole, and nothing else is', async () => {
  await whole(stagesOf);
  for (const other of [
    'provider-status-0.db',
    'provider-status-99.db',
    'provider-status-99.db-wal',
    'payer-status-0.db',
  ])
    writeFileSync(join(folderOf(), other), 'x');
  const files = openFiles();
  expect(existsSync(join(folderOf(), 'provider-status-99.db'))).toBe(true);
  files.close();
  await whole((models) =>
    until(
      async () => models.health(),
      (health) => health.every(({ filling }) => !filling),
    ),
  );
  const left = readdirSync(folderOf()).filter((name) => !name.endsWith('-shm') && !name.endsWith('-wal'));
  expect(left.sort()).toEqual([...allFiles, 'payer-status-0.db'].sort());
  expect(told).toEqual([]);
});

test('a file that turns out to be damaged while it is in use says so, and is made anew at the next start', async () => {
  await whole(async (models, db) => {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory');
    damage(file, 4_096 * 2, statSync(file).size - 4_096 * 2);
    const heard: string[] = [];
    onDamage(db, (words) => void heard.push(words));
    expect(() => stagesOf(models)).toThrow(ReadModelsUnavailable);
    expect(() => stagesOf(models)).toThrow(ReadModelsUnavailable);
    expect(heard).toEqual([expect.stringMatching(/is damaged/)]);
    for (const { model, stopped } of models.health())
      if (model === 'provider-status') expect(stopped).toMatch(/is damaged .*; the next start makes it anew/);
      else expect(stopped).toBeUndefined();
    expect(existsSync(markOf(file))).toBe(true);
  });
  expect(await whole(stagesOf)).toEqual(allActive);
  expect([told, existsSync(markOf(file))]).toEqual([[expect.stringMatching(/damaged while it was in use/)], false]);
});

test('a read model that meets the damage stops for good; the others go on, and the log takes commands all the same', async () => {
  await whole(async (models, db) => {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory');
    damage(file, 4_096 * 2, statSync(file).size - 4_096 * 2);
    await store.append('provider-new', -1, [draft(providerRequested)]);
    await until(
      async () => models.health(),
      (health) => health.some(({ stopped }) => stopped !== undefined),
    );
    expect(await models.waitFor(store.head() ?? '', 5_000, undefined, ['payer-load', 'audit-history'])).toBe(true);
    expect(await store.read('provider-new')).toHaveLength(1);
  });
  expect(await whole((models) => models.provider('new')?.provider.stage)).toBe('requested');
});

test('damage that is met while the read models are begun is found as well, and nothing else is', async () => {
  const files = openFiles();
  const { db } = files.models['provider-status'].current;
  const heard: string[] = [];
  onDamage(db, (words) => void heard.push(words));
  const failing = (errcode: number) => () => {
    throw Object.assign(new Error('said SQLite'), { errcode });
  };
  expect(() => findingDamage(db, failing(13))).toThrow('said SQLite');
  expect([heard, existsSync(markOf(file))]).toEqual([[], false]);
  expect(() => findingDamage(db, failing(11))).toThrow('said SQLite');
  expect([heard, existsSync(markOf(file))]).toEqual([[expect.stringMatching(/said SQLite/)], true]);
  files.close();
});

test('a log that cannot be read is not taken for damage of the read models', async () => {
  damageInUse(join(folder, 'events.db'));
  const files = openFiles();
  const heard: string[] = [];
  for (const { db } of fedVersionsIn(files.models)) onDamage(db, (words) => void heard.push(words));
  const stop = new AbortController();
  const models = startReadModels(store, files, stop.signal);
  const [health] = await until(
    async () => models.health(),
    ([one]) => one?.stopped !== undefined,
  );
  expect(health?.stopped).toMatch(/^The event log cannot be read: .*; it is tried again by itself$/);
  expect([heard, existsSync(markOf(file))]).toEqual([[], false]);
  stop.abort();
  await models.ended;
  files.close();
});

test('a read that a disk is in the way of is unavailable, a wrong one is our fault, and neither is damage', () => {
  const files = openFiles();
  const damaged = watchForDamage(files.models.organizations.current.db);
  const read = (errcode: number) =>
    watched(
      {
        read: () => {
          throw Object.assign(new Error('said SQLite'), { errcode });
        },
      },
      damaged,
    ).read;
  for (const errcode of [5, 10, 266, 13, 14]) expect(read(errcode)).toThrow(ReadModelsUnavailable);
  expect(read(1)).toThrow('said SQLite');
  expect(read(1)).not.toThrow(ReadModelsUnavailable);
  expect(damaged.words).toBeUndefined();
  files.close();
});

test('a disk in the way is no reason to throw the file away', () => {
  expect(() => openReadModelFiles(join(folder, 'nowhere', 'read-models'), (why) => void told.push(why))).toThrow();
  expect(told).toEqual([]);
});

/** Counts events by stream, and refuses one stream without saying at which event. */
const picky: Version = {
  version: 1,
  cacheMiB: 1,
  kind: 'folded',
  projections: [
    {
      tables: ['picky'],
      schema: 'CREATE TABLE picky (stream TEXT PRIMARY KEY, events INTEGER NOT NULL)',
      concerns: () => true,
      open(db) {
        const upsert = db.prepare('INSERT INTO picky VALUES (?, 1) ON CONFLICT DO UPDATE SET events = events + 1');
        return {
          fold(events) {
            for (const { stream, revision } of events) {
              if (stream === 'provider-17' && revision === 3) throw new TypeError('x is not a function');
              upsert.run(stream);
            }
          },
          forget: () => undefined,
        };
      },
    },
  ],
  reads: () => ({}),
};

test('a fold that fails without saying where is found out, and all before it is kept', async () => {
  const at = join(folder, 'picky-1.db');
  const wanted = { model: 'organizations', version: 1, file: at } as const;
  const [health] = await fillFiles(store, [wanted], () => picky, new AbortController().signal);
  expect(health).toMatchObject({ at: { stream: 'provider-17', revision: 3, cause: 'x is not a function' } });
  const db = new DatabaseSync(at);
  const { n } = db.prepare('SELECT SUM(events) AS n FROM picky').get() as { n: number };
  expect(n).toBe(17 * active.length + 3);
  db.close();
});

test('finding it out costs a few tries, not one for each event', async () => {
  const events = (await restOf(store)).flatMap((event) => ('poison' in event ? [] : [event]));
  let commits = 0;
  const failure = commitGood(events, events.at(-1)?.position, (batch) => {
    commits += 1;
    if (batch.some(({ stream }) => stream === 'provider-17')) throw new Error('no');
  });
  expect(failure?.failed).toMatchObject({ stream: 'provider-17', revision: 0 });
  expect(commits).toBeLessThan(2 * Math.ceil(Math.log2(events.length)) + 2);
});
