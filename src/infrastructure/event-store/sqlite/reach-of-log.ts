/** How far the log in a file reaches, asked of the file alone: for a copy that nobody works with. */
import { DatabaseSync } from 'node:sqlite';

/** The log's id and the number of its events. Throws SQLite's own error for a file that is no log. */
export function reachOfLog(file: string): { readonly logId: string; readonly events: number } {
  using db = new DatabaseSync(file, { readOnly: true });
  const { logId } = db.prepare('SELECT id AS logId FROM log').get() as { logId: string };
  const { events } = db.prepare('SELECT count(*) AS events FROM events').get() as { events: number };
  const { head } = db.prepare('SELECT coalesce(max(position), 0) AS head FROM events').get() as { head: number };
  if (events !== head) throw new Error(`${file}: the log has ${events} events, and its last is number ${head}.`);
  return { logId, events };
}
