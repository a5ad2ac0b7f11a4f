/** A new version of a read model fills in a thread of its own beside the former one, which is served until then. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { healthOf } from '../../../src/composition/health/health.js';
import { fillInThread } from '../../../src/composition/storage/fill-in-thread.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import type { FillElsewhere } from '../../../src/projections/engine/feeding.js';
import {
  openReadModelFiles,
  type ReadModelFiles,
  type ReadModelTable,
  readModelTable,
} from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { built } from '../../support/built.js';
import { draft } from '../../support/events.js';
import { fromLater, writeAsLater } from '../../support/poison.js';
import { rowsOf } from '../../support/read-model-rows.js';
import { readsProviders } from '../../support/read-models-of-providers.js';
import { active, providerRequested } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

const [current] = readModelTable['provider-status'];
const former = { ...current, version: current.version - 1 };
/** What the release before this one, and this one, know. */
const before: ReadModelTable = { ...readModelTable, 'provider-status': [former] };
const both: ReadModelTable = { ...readModelTable, 'provider-status': [current, former] };

let folder: string;
let log: string;
let store: SqliteEventStore;
const thread = () => pathToFileURL(built('composition/storage/fill-thread.js'));

beforeEach(async () => {
  folder = temporaryFolder();
  log = join(folder, 'events.db');
  store = openSqliteEventStore({ file: log });
  // More than a page of the log, so that what begins at its start is far behind.
  for (let n = 0; n < 120; n++) {
    const drafts = active.map((event) => draft(event));
    await store.append(`provider-${n}`, -1, drafts);
  }
});
afterEach(() => store.close());

const inFolder = () => join(folder, 'read-models');

/** Read models for as long as the work takes. */
async function running<T>(
  table: ReadModelTable,
  elsewhere: FillElsewhere | undefined,
  work: (models: ReturnType<typeof startReadModels>, files: ReadModelFiles, stop: () => void) => Promise<T>,
): Promise<T> {
  const files = openReadModelFiles(inFolder(), undefined, table);
  const stop = new AbortController();
  const models = startReadModels(store, files, stop.signal, { elsewhere });
  try {
    return await work(models, files, () => stop.abort());
  } finally {
    stop.abort();
    await models.ended;
    files.close();
  }
}

const whole = async (models: ReturnType<typeof startReadModels>) =>
  expect(await models.waitFor(store.head() ?? '', 60_000)).toBe(true);
const versionsOf = (models: ReturnType<typeof startReadModels>) =>
  models.health().flatMap(({ model, name, served }) => (model === 'provider-status' ? [[name, served]] : []));
const onlyCurrent = [[`provider-status-${current.version}`, true]];
const fileOf = (version: number) => join(inFolder(), `provider-status-${version}.db`);

/** Lets a fill begin only when it is told to. */
function held(fill: FillElsewhere) {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  const elsewhere: FillElsewhere = async (fed, signal) => {
    asked += 1;
    await released;
    await fill(fed, signal);
  };
  return { elsewhere, release: () => release(), asked: () => asked };
}

test('the former version is served, moves on and keeps readiness green until the new one takes over and it goes', async () => {
  await running(before, undefined, whole);
  const filling = held(fillInThread(log, thread()));
  await running(both, filling.elsewhere, async (models, files) => {
    await until(
      async () => filling.asked(),
      (asked) => asked > 0,
    );
    await store.append('provider-new', -1, [draft(providerRequested)]);
    await whole(models);
    expect(models.provider('new')?.provider.stage).toBe('requested');
    expect(versionsOf(models)).toEqual([
      [`provider-status-${former.version}`, true],
      [`provider-status-${current.version}`, false],
    ]);
    const { ok, checks } = await healthOf({ store, readModels: models }).ready();
    expect([ok, checks[`provider-status-${current.version}`]]).toEqual([
      true,
      { ok: true, detail: expect.stringMatching(/degraded.*being filled/) },
    ]);
    filling.release();
    await until(
      async () => versionsOf(models),
      (versions) => versions.length === 1,
    );
    expect(versionsOf(models)).toEqual(onlyCurrent);
    expect([models.provider('7')?.provider.stage, models.provider('new')?.provider.stage]).toEqual([
      'active',
      'requested',
    ]);
    expect([existsSync(fileOf(former.version)), existsSync(fileOf(current.version))]).toEqual([false, true]);
    const again = join(folder, 'again');
    const rebuilt = openReadModelFiles(again);
    const stop = new AbortController();
    const fresh = startReadModels(store, rebuilt, stop.signal);
    await whole(fresh);
    expect(rowsOf(files.models)).toEqual(rowsOf(rebuilt.models));
    stop.abort();
    await fresh.ended;
    rebuilt.close();
  });
});

test('read models that begin at the start of a long log are filled by the thread, all at once', async () => {
  const filling = held(fillInThread(log, thread()));
  filling.release();
  await running(readModelTable, filling.elsewhere, async (models) => {
    await until(
      async () => models.health(),
      (health) => health.every(({ filling }) => !filling),
    );
    expect(models.provider('119')?.provider.stage).toBe('active');
    expect(filling.asked()).toBe(1);
  });
});

test('a fill that is asked to stop ends, and the next start goes on where it was', async () => {
  await running(before, undefined, whole);
  const fill = fillInThread(log, thread());
  const filling = held(fill);
  await running(both, filling.elsewhere, async (models, _, stop) => {
    await until(
      async () => filling.asked(),
      (asked) => asked > 0,
    );
    stop();
    filling.release();
    await models.ended;
  });
  expect(existsSync(fileOf(former.version))).toBe(true);
  await running(both, fill, async (models) => {
    await until(
      async () => versionsOf(models),
      (versions) => versions.length === 1,
    );
    expect(models.provider('7')?.provider.stage).toBe('active');
  });
});

test('a new version that meets what it cannot read stands still beside the former one, until it is set aside', async () => {
  await running(before, undefined, whole);
  await writeAsLater(log, 'provider-3', fromLater);
  const decided = {
    type: 'StreamQuarantined',
    stream: 'provider-3',
    fromRevision: active.length,
    cause: '',
    reason: '',
  };
  await running(both, fillInThread(log, thread()), async (models) => {
    const health = await until(
      async () => models.health(),
      (all) => all.every(({ model, stopped }) => stopped || !readsProviders(model)),
    );
    expect(health.find(({ served }) => !served)).toMatchObject({
      at: { stream: 'provider-3', revision: active.length },
    });
    expect(models.provider('7')?.provider.stage).toBe('active');
    await store.append('quarantine-streams', -1, [draft(decided as never)]);
    await until(
      async () => versionsOf(models),
      (versions) => versions.length === 1,
    );
    expect(versionsOf(models)).toEqual(onlyCurrent);
  });
});

test('a thread that cannot begin is no reason to stay empty: the fill is done here', async () => {
  const failing: FillElsewhere = async () => {
    throw new Error('No thread can be started.');
  };
  await running(readModelTable, failing, async (models) => {
    await until(
      async () => models.health(),
      (health) => health.every(({ filling }) => !filling),
    );
    expect(models.provider('119')?.provider.stage).toBe('active');
  });
});

test('after a roll-back the older program fills its own version again, and removes the newer one', async () => {
  await running(both, undefined, whole);
  await running(before, undefined, async (models) => {
    await until(
      async () => versionsOf(models),
      () => !existsSync(fileOf(current.version)),
    );
    expect(models.provider('7')?.provider.stage).toBe('active');
  });
  const left = readdirSync(inFolder()).filter((name) => /^provider-status.*\.db$/.test(name));
  expect(left).toEqual([`provider-status-${former.version}.db`]);
});
