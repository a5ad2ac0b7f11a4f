/** What can be seen of a log at once, when it is opened: that nothing was deleted, and that it is append-only still. */
import type { DatabaseSync } from 'node:sqlite';
import { triggers } from './schema.js';

/**
 * What is not as this program leaves it, in words for the operator; triggers that are missing are made again. Each event is
 * checked when it is read.
 */
export function inspect(db: DatabaseSync): readonly string[] {
  return [...deletedIn(db), ...restored(db)];
}

/** Positions begin with 1 and have no gaps. */
function deletedIn(db: DatabaseSync): readonly string[] {
  const sql = 'SELECT count(*) AS count, coalesce(max(position), 0) AS last FROM events';
  const { count, last } = db.prepare(sql).get() as { count: number; last: number };
  return count === last ? [] : [`Events were deleted: the log holds ${count}, and its last is number ${last}.`];
}

function restored(db: DatabaseSync): readonly string[] {
  const rows = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  const found = new Map(
    (rows as unknown as readonly { name: string; sql: string }[]).map(({ name, sql }) => [name, sql]),
  );
  const wrong = [...triggers].filter(([name, sql]) => plain(found.get(name) ?? '') !== plain(sql));
  for (const [name, sql] of wrong) db.exec(`BEGIN IMMEDIATE; DROP TRIGGER IF EXISTS ${name}; ${sql}; COMMIT`);
  return wrong.map(([name]) => `The trigger ${name} was missing or changed; it was made again.`);
}

const plain = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim();
