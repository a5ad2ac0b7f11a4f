/** What the files of read models hold, without the numbers that say in which order it came there. */
import { tablesOf } from '../../src/projections/engine/read-model.js';
import type { OpenReadModels } from '../../src/projections/read-model-table.js';

/** Rows that name others by number are told with what the number stands for. */
const told: Readonly<Record<string, string>> = {
  audit_history: `SELECT provider_id, position, stream, revision FROM audit_history h
    JOIN audit_history_providers p ON p.number = h.provider ORDER BY h.place`,
};

const ordinals: ReadonlySet<string> = new Set(['place', 'number']);

/** The rows of each table as lines of JSON; of history in its order, of everything else sorted. */
export function rowsOf(models: OpenReadModels): Readonly<Record<string, readonly string[]>> {
  const all = Object.values(models).flatMap(({ current: { version, db } }) =>
    tablesOf(version).map((table) => {
      const rows = db
        .prepare(told[table] ?? `SELECT * FROM ${table}`)
        .all()
        .map(line);
      return [table, told[table] ? rows : rows.sort()] as const;
    }),
  );
  return Object.fromEntries(all);
}

const line = (row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(row).filter(([column]) => !ordinals.has(column)));
