/**
 * Reads of one turn of the event loop share a snapshot of their file, so that SQLite takes its lock once for all of them and
 * not for each. It ends with the turn, so that nobody reads what is of the past and no write ahead of the file piles up.
 */
import type { DatabaseSync } from 'node:sqlite';

/** The files of which a snapshot is open now. */
const open = new WeakSet<DatabaseSync>();

/** Answers with what is to be called before each read; who reads within a transaction that is open already reads in that one. */
export function sharedSnapshot(db: DatabaseSync): () => void {
  const begin = db.prepare('BEGIN');
  let endsLater = false;
  const end = (): void => {
    endsLater = false;
    endSnapshot(db);
  };
  return () => {
    if (db.isTransaction) return;
    begin.run();
    open.add(db);
    if (endsLater) return;
    endsLater = true;
    setImmediate(end);
  };
}

/** Ends the snapshot of this turn, if there is one: what follows must see, or change, what the file holds now. */
export function endSnapshot(db: DatabaseSync): void {
  if (!open.delete(db) || !db.isOpen || !db.isTransaction) return;
  if (!isDone(db, 'COMMIT') && db.isTransaction) isDone(db, 'ROLLBACK');
}

/** A snapshot has changed nothing: whoever reads or writes next meets the damage of the file as well, and can answer for it. */
function isDone(db: DatabaseSync, end: 'COMMIT' | 'ROLLBACK'): boolean {
  try {
    db.exec(end);
    return true;
  } catch {
    return false;
  }
}
