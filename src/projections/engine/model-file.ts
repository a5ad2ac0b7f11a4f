/** The file of one version of a read model: thrown away and replayed at will, so it need not survive a power cut whole. */
import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { errorText } from '../../application/error-text.js';
import type { Position } from '../../application/ports/event-store.js';
import { passes } from '../../infrastructure/sqlite-failures.js';
import { markOf } from './damage.js';
import { endSnapshot } from './turn-snapshot.js';

/**
 * Pages that change again and again are written to the file once in a while. A whole provider's row has 2,300 bytes, so
 * that smaller pages would hold one each and be written nearly half empty.
 */
const pragmas = `
  PRAGMA busy_timeout = 5000;
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 10000;
  PRAGMA journal_size_limit = 67108864;`;

/** Of the checkpoint below; what the other tables look like is told by the version in the file's name. */
const fileVersion = 5;

/** `leaves_out` is what the rows leave out, as {@link Checkpoint} says. */
const checkpointSchema = `
  CREATE TABLE IF NOT EXISTS checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1), position TEXT, leaves_out TEXT NOT NULL, filled INTEGER NOT NULL
  );`;

export interface FileForm {
  readonly schema: string;
  readonly cacheMiB: number;
}

/**
 * Opens (or makes) a file. One that is damaged, or of another form, is thrown away and made anew; `thrownAway` hears why.
 * Throws what a full or missing disk says.
 */
export function openModelFile(
  file: string,
  form: FileForm,
  thrownAway: (why: string) => void = () => undefined,
): DatabaseSync {
  const why = existsSync(markOf(file)) ? 'it was found to be damaged while it was in use' : undefined;
  const opened = why ?? tryOpen(file, form);
  if (typeof opened !== 'string') return opened;
  thrownAway(opened);
  removeFile(file);
  return open(file, form);
}

/** Removes a file that nobody has open, with all that SQLite and the engine keep beside it. */
export function removeFile(file: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${part}`, { force: true });
  rmSync(markOf(file), { force: true });
}

/** The open file, or why it is of no use. */
function tryOpen(file: string, form: FileForm): DatabaseSync | string {
  try {
    return open(file, form);
  } catch (error) {
    if (passes(error)) throw error;
    return errorText(error);
  }
}

function open(file: string, { schema, cacheMiB }: FileForm): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec(`${pragmas} PRAGMA cache_size = -${cacheMiB * 1024};`);
    requireOurs(db);
    db.exec(checkpointSchema + schema);
    db.exec(`PRAGMA user_version = ${fileVersion}`);
    // Another's lock is waited for at the start only: SQLite waits in this thread, which serves everybody.
    db.exec('PRAGMA busy_timeout = 0');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function requireOurs(db: DatabaseSync): void {
  const { count } = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number };
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (count > 0 && version !== fileVersion)
    throw new Error(`it has version ${version}, this program's is ${fileVersion}`);
}

/** What the rows hold: everything up to a position, without what was left out (see `leftOutBy`). */
export interface Checkpoint {
  /** `undefined` before the first event. */
  readonly position: Position | undefined;
  readonly filter: string;
  /** Whether they have ever caught up with the log. */
  readonly filled: boolean;
}

const atTheStart: Checkpoint = { position: undefined, filter: '{}', filled: false };

/** Where the rows stand, whoever has moved them; before the first event they leave out nothing. */
export function checkpointOf(db: DatabaseSync): Checkpoint {
  endSnapshot(db);
  const row = db.prepare('SELECT position, leaves_out AS filter, filled FROM checkpoint').get() as
    | { position: Position | null; filter: string; filled: number }
    | undefined;
  if (!row) return atTheStart;
  return { position: row.position ?? undefined, filter: row.filter, filled: row.filled === 1 };
}

/** Prepares the way to move the checkpoint, to be called within the transaction of the rows that it tells of. */
export function prepareCheckpoint(db: DatabaseSync): (checkpoint: Checkpoint) => void {
  const save = db.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)');
  return ({ position, filter, filled }) => void save.run(position ?? null, filter, filled ? 1 : 0);
}

/** Empties the tables and forgets the checkpoint, so that they are filled again from the start of the log. */
export function emptyTables(db: DatabaseSync, tables: readonly string[]): void {
  transaction(db, () => {
    for (const table of tables) db.exec(`DELETE FROM ${table}`);
    db.exec('DELETE FROM checkpoint');
  });
}

/** Runs `work` in one transaction: all of it holds, or nothing. */
export function transaction(db: DatabaseSync, work: () => void): void {
  endSnapshot(db);
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
