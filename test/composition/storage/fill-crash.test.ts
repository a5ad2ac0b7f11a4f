/** A fill that is killed in its middle, with its whole process: the next start goes on, and the rows equal those of a rebuild. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fillInThread } from '../../../src/composition/storage/fill-in-thread.js';
import type { FillOrder } from '../../../src/composition/storage/fill-thread.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { checkpointOf, removeFile } from '../../../src/projections/engine/model-file.js';
import { fedVersionsIn, openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { built } from '../../support/built.js';
import { ended, startLines } from '../../support/child.js';
import { draft, sample } from '../../support/events.js';
import { rowsOf } from '../../support/read-model-rows.js';
import { active } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

const providers = 700;

let folder: string;
let log: string;
let store: SqliteEventStore;
const thread = () => pathToFileURL(built('composition/storage/fill-thread.js'));

beforeEach(async () => {
  folder = temporaryFolder();
  log = join(folder, 'events.db');
  store = openSqliteEventStore({ file: log });
  for (let n = 0; n < providers; n += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const drafts = active.map((event) => draft(event));
        return store.append(`provider-${n + i}`, -1, drafts);
      }),
    );
  const aside = sample('StreamQuarantined', { stream: 'provider-3', fromRevision: 4 });
  await store.append('quarantine-streams', -1, [draft(aside)]);
});
afterEach(() => store.close());

const inFolder = () => join(folder, 'read-models');
const head = () => store.head() ?? '';

/** The files of all read models, made and empty. */
function emptyFiles(): FillOrder['files'] {
  const files = openReadModelFiles(inFolder());
  const all = fedVersionsIn(files.models).map(({ model, version: { version }, file }) => ({ model, version, file }));
  files.close();
  return all;
}

/** A process that does nothing but fill these files in a thread. */
const startFill = (order: FillOrder) =>
  startLines(
    `import { Worker } from 'node:worker_threads';
    new Worker(new URL(process.argv[1]), { workerData: JSON.parse(process.argv[2]), execArgv: [] });`,
    [thread().href, JSON.stringify(order)],
  );

/** Where the file stands, as it was left. */
function standing(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  using db = new DatabaseSync(file);
  return checkpointOf(db).position;
}

/** Kills a fill once it has committed something and before it has committed all; one that was too fast is done anew. */
async function killedInTheMiddle(): Promise<readonly (string | undefined)[]> {
  for (;;) {
    const files = emptyFiles();
    const filling = startFill({ log, files });
    const over = ended(filling);
    const [first = ''] = files.map(({ file }) => file);
    using watched = new DatabaseSync(first, { readOnly: true });
    await until(
      async () => checkpointOf(watched).position,
      (position) => position !== undefined || filling.exitCode !== null,
    );
    filling.kill('SIGKILL');
    const { code, stderr } = await over;
    if (code !== null && code !== 0) throw new Error(stderr);
    const left = files.map(({ file }) => standing(file));
    if (left.some((position) => position !== head())) return left;
    for (const { file } of files) removeFile(file);
  }
}

/** The rows after a start in this folder, once they hold the whole log. */
async function filledRows(inside: string) {
  const files = openReadModelFiles(inside);
  const stop = new AbortController();
  const models = startReadModels(store, files, stop.signal, { elsewhere: fillInThread(log, thread()) });
  try {
    expect(await models.waitFor(head(), 60_000)).toBe(true);
    return rowsOf(files.models);
  } finally {
    stop.abort();
    await models.ended;
    files.close();
  }
}

test('a fill that was killed goes on at its checkpoint, and ends with what a rebuild has', async () => {
  const left = await killedInTheMiddle();
  expect(left.filter((position) => position !== undefined).length).toBeGreaterThan(0);
  expect(await filledRows(inFolder())).toEqual(await filledRows(join(folder, 'again')));
}, 120_000);
