/** Read models filled from an empty file, against reading and JSON-parsing the same events. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readModelNames } from '../src/application/ports/read-model-health.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { fillFiles } from '../src/projections/engine/fill.js';
import type { ReadModelTable } from '../src/projections/read-model-table.js';
import { type Course, perSecond } from './benchmark.js';
import { runFolder } from './folders.js';
import { keptLives } from './lives-log.js';
import { readAll } from './read-log.js';

type Models = Partial<ReadModelTable>;

/** A course over a log of so many events. */
export async function catchUpCourse(events: number, models: Models): Promise<Course> {
  const file = await keptLives(events);
  const folder = runFolder();
  const store = openSqliteEventStore({ file });
  const log = new DatabaseSync(file, { readOnly: true });
  const count = Number(store.head()?.split(':')[1]);
  return {
    ours: async (round) => [await perSecond(count, () => fill(store, join(folder, `${round}`), models))],
    baseline: async () => [await perSecond(count, () => readAll(log))],
    async close() {
      log.close();
      await store.close();
    },
  };
}

/** Fills new files up to the head of the log. */
export async function fill(store: SqliteEventStore, folder: string, models: Models): Promise<void> {
  mkdirSync(folder);
  const files = readModelNames.flatMap((model) => {
    const version = models[model]?.[0];
    return version ? [{ model, version: version.version, file: join(folder, `${model}.db`) }] : [];
  });
  const filled = await fillFiles(store, files, ({ model }) => models[model]?.[0], new AbortController().signal);
  const still = filled.find(({ stopped }) => stopped !== undefined);
  if (still) throw new Error(`A read model stands still: ${still.stopped}`);
  rmSync(folder, { recursive: true });
}
