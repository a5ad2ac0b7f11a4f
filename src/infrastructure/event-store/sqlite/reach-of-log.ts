/** How far the log in a file reaches, asked of the file alone: before anything is made there, or of a copy. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { FoundLog, KnownLog } from '../../../domain/log.js';

/**
 * The log's id and the number of its last event; `undefined` where there is no file, an empty one, or one without a log.
 * Throws SQLite's own error for a file that cannot be read.
 */
export function reachOfLog(file: string): FoundLog | undefined {
  if (!existsSync(file) || isEmpty(file)) return undefined;
  using db = new DatabaseSync(file, { readOnly: true });
  if (!db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'log'").get()) return undefined;
  const reach = db.prepare('SELECT id AS logId, (SELECT coalesce(max(position), 0) FROM events) AS events FROM log');
  const known = reach.get() as KnownLog | undefined;
  return known && { ...known, hashAt: (event) => hashIn(file, event) };
}

/** In hex; `undefined` where there is no such event. */
function hashIn(file: string, event: number): string | undefined {
  using db = new DatabaseSync(file, { readOnly: true });
  const found = db.prepare('SELECT lower(hex(hash)) AS hash FROM events WHERE position = ?').get(event);
  return (found as { readonly hash: string } | undefined)?.hash;
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
