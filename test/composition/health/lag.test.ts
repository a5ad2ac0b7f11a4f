/** How far an instance is behind the log, and what readiness makes of it, on a real log and real read models. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { healthOf } from '../../../src/composition/health/health.js';
import { type Lag, type Lagging, watchLag } from '../../../src/composition/health/lag.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles, type ReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { draft, sample } from '../../support/events.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let store: SqliteEventStore;
let files: ReadModelFiles;
let stop: AbortController;
let readModels: ReturnType<typeof startReadModels>;
let now: number;
const watched: Lag[] = [];

beforeEach(() => {
  const folder = temporaryFolder();
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
  files = openReadModelFiles(join(folder, 'read-models'));
  stop = new AbortController();
  readModels = startReadModels(store, files, stop.signal);
  now = 0;
});
afterEach(async () => {
  for (const lag of watched.splice(0)) lag.stop();
  stop.abort();
  await readModels.ended;
  files.close();
  await store.close();
});

function watch(more: Partial<Lagging> = {}): Lag {
  const lag = watchLag({ store, readModels, mostLagSeconds: 30, shared: true, now: () => now, ...more });
  watched.push(lag);
  return lag;
}

async function append(organization: string): Promise<void> {
  const [recorded] = await store.append(`organization-${organization}`, -1, [draft(sample('OrganizationRegistered'))]);
  if (!stop.signal.aborted) expect(await readModels.waitFor(String(recorded?.position), 10_000)).toBe(true);
}

/** The read models stand still from now on, as in an instance that cannot keep pace. */
async function fallBehind(): Promise<void> {
  await append('acme');
  stop.abort();
  await readModels.ended;
}

test('an instance that holds everything is not behind, however long nothing is appended', async () => {
  const lag = watch();
  await append('acme');
  now = 100_000;
  expect(lag.seconds()).toBe(0);
  expect(await healthOf({ store, readModels, lag }).ready()).toMatchObject({ ok: true, lagSeconds: 0 });
});

test('one that is further behind than it may be is not ready, with the reason, until it has caught up', async () => {
  await fallBehind();
  const lag = watch();
  await append('globex');
  const ready = () => healthOf({ store, readModels, lag }).ready();
  expect(lag.seconds()).toBe(0);
  now = 30_000;
  expect(await ready()).toMatchObject({ ok: true, lagSeconds: 30 });
  now = 31_000;
  const { ok, checks, lagSeconds } = await ready();
  expect([ok, lagSeconds]).toEqual([false, 31]);
  expect(checks.lag?.detail).toBe(
    'This instance is 31 s behind the log; at most 30 are allowed (readModels.mostLagSeconds).',
  );
  stop = new AbortController();
  readModels = startReadModels(store, files, stop.signal);
  const caughtUp = watch();
  expect(await readModels.waitFor(String(store.head()), 10_000)).toBe(true);
  expect(caughtUp.seconds()).toBe(0);
});

test('its lag is that of the oldest end of the log that it has not reached', async () => {
  await fallBehind();
  const lag = watch();
  await append('first');
  lag.look();
  now = 5_000;
  await append('second');
  lag.look();
  now = 12_000;
  expect(lag.seconds()).toBe(12);
});

test('one that cannot learn where the log ends is behind as well', async () => {
  const health = () => ({ ...store.health(), unheardMs: 45_000 });
  const lag = watch({ store: { ...store, health } });
  expect(lag.seconds()).toBe(45);
  expect(lag.health.failing?.()).toMatch(/45 s behind/);
});

test('where nobody else can answer it is told, and taken out of nothing', async () => {
  await fallBehind();
  const lag = watch({ shared: false });
  await append('globex');
  lag.look();
  now = 60_000;
  const { ok, checks } = await healthOf({ store, readModels, lag }).ready();
  expect([ok, checks.lag?.detail]).toEqual([true, expect.stringMatching(/60 s behind/)]);
});
