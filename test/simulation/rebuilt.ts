/** A read model made anew from the log has the rows of the live one. */
import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles } from '../../src/projections/read-model-table.js';
import { startReadModels } from '../../src/projections/read-models.js';
import { rowsOf } from '../support/read-model-rows.js';
import type { Worker } from './worker.js';
import { eventsFileOf } from './world.js';

/** Where the rows of a worker's read models differ from those of a rebuild; `until` lets time pass. */
export async function rebuiltDiffers(
  folder: string,
  workers: readonly Worker[],
  until: <T>(work: Promise<T>) => Promise<T>,
): Promise<readonly string[]> {
  const store = openSqliteEventStore({ file: eventsFileOf(folder) });
  const files = openReadModelFiles(join(folder, 'rebuilt'));
  const ending = new AbortController();
  const readModels = startReadModels(store, files, ending.signal);
  const head = store.head();
  // Somebody may have recorded a fact in this very moment, of which the workers are about to hear.
  const readers = [readModels, ...workers.map(({ reads }) => reads)];
  if (head !== undefined) await until(Promise.all(readers.map((each) => each.waitFor(head, 60_000))));
  const rebuilt = rowsOf(files.models);
  ending.abort();
  await until(readModels.ended);
  await store.close();
  files.close();
  return workers.flatMap(({ name, readModels: own }) => {
    const rows = rowsOf(own.models);
    return Object.keys(rebuilt).flatMap((table) =>
      JSON.stringify(rows[table]) === JSON.stringify(rebuilt[table])
        ? []
        : [
            `${table} of ${name} differs from a rebuild: ${JSON.stringify(rows[table])} and ${JSON.stringify(rebuilt[table])}`,
          ],
    );
  });
}
