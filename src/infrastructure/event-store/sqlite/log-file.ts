/** The file of the log: opened with what durability asks for, made on first use, and known by an id of its own. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Ends, openEnds } from './ends.js';
import { inspect } from './integrity.js';
import { applicationId, schema, schemaVersion } from './schema.js';
import { prepareStatements, type Statements } from './statements.js';

export interface LogFile {
  readonly db: DatabaseSync;
  /** Made once per file; part of every position, so that one log's positions mean nothing in another. */
  readonly logId: string;
  /** What was not as this program leaves it when the file was opened. */
  readonly findings: readonly string[];
  readonly statements: Statements;
  readonly ends: Ends;
}

/** Only before anything is served may a lock be waited for; later that would keep everybody from everything else. */
const lockWaitMs = 5_000;

/** `synchronous=FULL` makes a COMMIT survive a power cut; it is what an answer to a command promises. */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 10000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA recursive_triggers = ON;
  PRAGMA foreign_keys = ON;`;

/**
 * Opens the log in this file, or makes one, waiting for a lock so long at most; once it is open nothing waits for a lock.
 * Throws when the file holds something else or a later version's log.
 */
export function openLogFile(file: string, waitMs = lockWaitMs): LogFile {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: waitMs });
  try {
    requireOurs(db, file);
    db.exec(pragmas);
    if (pragma(db, 'user_version') === 0) create(db);
    const findings = inspect(db);
    db.exec('PRAGMA busy_timeout = 0');
    return opened(db, findings);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens a log only to read it: nothing is made, mended or looked over. Throws when the file is not there or holds no log. */
export function openLogFileToRead(file: string, waitMs = lockWaitMs): LogFile {
  const db = new DatabaseSync(file, { timeout: waitMs, readOnly: true });
  try {
    requireOurs(db, file);
    if (pragma(db, 'user_version') === 0) throw new Error(`${file}: there is no event log in it`);
    return opened(db, []);
  } catch (error) {
    db.close();
    throw error;
  }
}

function opened(db: DatabaseSync, findings: readonly string[]): LogFile {
  const { id } = db.prepare('SELECT id FROM log').get() as { id: string };
  const statements = prepareStatements(db);
  return { db, logId: id, findings, statements, ends: openEnds(statements) };
}

/** Looked at before anything is set, so that another program's file stays as it was. */
function requireOurs(db: DatabaseSync, file: string): void {
  const { count } = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number };
  const version = pragma(db, 'user_version');
  const ours = pragma(db, 'application_id') === applicationId;
  if (!ours && (version !== 0 || count !== 0)) throw new Error(`${file}: this is not an event log of partner-cloud`);
  if (version > schemaVersion)
    throw new Error(`${file}: the event log has version ${version}, this program knows up to ${schemaVersion}`);
}

/** Two processes may open a new file at once; the second finds the log made. */
function create(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  if (pragma(db, 'user_version') === 0) {
    db.exec(schema);
    db.prepare('INSERT INTO log VALUES (1, ?)').run(randomUUID());
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
  }
  db.exec('COMMIT');
}

const pragma = (db: DatabaseSync, name: string): number =>
  Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
