/** A projection made anew from the log has the rows of the live one. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFile, projections } from '../../src/projections/engine/database.js';
import { startReadModels } from '../../src/projections/read-models.js';
import type { Worker } from './worker.js';
import { eventsFileOf } from './world.js';

type Rows = Readonly<Record<string, readonly string[]>>;

/** All rows of all projections, without the order in which they were written. */
function rowsOf(db: DatabaseSync): Rows {
  const tables = projections.flatMap((projection) => projection.tables);
  return Object.fromEntries(
    tables.map((table) => [
      table,
      db
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}

/** Where the rows of a worker's read models differ from those of a rebuild; `until` lets time pass. */
export async function rebuiltDiffers(
  folder: string,
  workers: readonly Worker[],
  until: <T>(work: Promise<T>) => Promise<T>,
): Promise<readonly string[]> {
  const store = openSqliteEventStore({ file: eventsFileOf(folder) });
  const db = openReadModelFile(join(folder, 'rebuilt.db'));
  const ending = new AbortController();
  const readModels = startReadModels(store, db, ending.signal);
  const head = store.head();
  if (head !== undefined) await until(readModels.waitFor(head, 60_000));
  const rebuilt = rowsOf(db);
  ending.abort();
  await until(readModels.ended);
  await store.close();
  db.close();
  return workers.flatMap(({ name, readModels: own }) => {
    const rows = rowsOf(own);
    return Object.keys(rebuilt).flatMap((table) =>
      JSON.stringify(rows[table]) === JSON.stringify(rebuilt[table])
        ? []
        : [
            `${table} of ${name} differs from a rebuild: ${JSON.stringify(rows[table])} and ${JSON.stringify(rebuilt[table])}`,
          ],
    );
  });
}
