/** How far the log in a file reaches, asked of the file alone: before anything is made there, or of a copy. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { KnownLog } from '../../../domain/log.js';

/**
 * The log's id and the number of its last event; `undefined` where there is no file, an empty one, or one without a log.
 * Throws SQLite's own error for a file that cannot be read.
 */
export function reachOfLog(file: string): KnownLog | undefined {
  if (!existsSync(file) || isEmpty(file)) return undefined;
  using db = new DatabaseSync(file, { readOnly: true });
  if (!db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'log'").get()) return undefined;
  const reach = db.prepare('SELECT id AS logId, (SELECT coalesce(max(position), 0) FROM events) AS events FROM log');
  return reach.get() as KnownLog | undefined;
}

/** The same of a copy; throws when an event is missing before the last. */
export function wholeReachOf(file: string): KnownLog {
  const known = reachOfLog(file);
  if (!known) throw new Error(`${file} holds no log.`);
  using db = new DatabaseSync(file, { readOnly: true });
  const { count } = db.prepare('SELECT count(*) AS count FROM events').get() as { count: number };
  if (count === known.events) return known;
  throw new Error(`${file}: the log has ${count} events, and its last is number ${known.events}.`);
}

function isEmpty(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    return readSync(handle, Buffer.alloc(1)) === 0;
  } finally {
    closeSync(handle);
  }
}
