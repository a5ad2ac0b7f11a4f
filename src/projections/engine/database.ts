/** The file of the read models: thrown away and replayed at will, so it need not survive a power cut whole. */
import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { wordsOf } from '../../application/error-text.js';
import type { Position } from '../../application/streams/event-store.js';
import { auditHistory } from '../audit-history/audit-history.js';
import { organizationFacts } from '../organizations/organizations.js';
import { providerSearch } from '../provider-search/provider-search.js';
import { providerStatus } from '../provider-status/provider-status.js';
import { payerLoad } from '../queue/payer-load.js';
import { sagaDue } from '../queue/saga-due.js';
import { reportsSchema } from '../reconciliation-reports/reconciliation-reports.js';
import { markOf } from './damage.js';
import type { Projection } from './projection.js';
import { passes } from './sqlite-failures.js';

export const projections: readonly Projection[] = [
  providerStatus,
  auditHistory,
  sagaDue,
  payerLoad,
  organizationFacts,
  providerSearch,
];

/**
 * Pages that change again and again are written to the file once in a while; `cache_size` is in KiB, 64 MiB at most. A
 * whole provider's row has 2,300 bytes, so that smaller pages would hold one each and be written nearly half empty.
 */
const pragmas = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  PRAGMA wal_autocheckpoint = 10000;
  PRAGMA cache_size = -65536;`;

/** Of the checkpoints below; what a projection's own tables look like is told by its name. */
const fileVersion = 4;

/** `leaves_out` is what the rows of a projection leave out, as {@link Checkpoint} says. */
const schema = `
  CREATE TABLE IF NOT EXISTS checkpoints (
    projection TEXT PRIMARY KEY, position TEXT NOT NULL, leaves_out TEXT NOT NULL
  ) WITHOUT ROWID;`;

/**
 * Opens (or makes) the file with the tables of every projection and their checkpoints. A file that is damaged, or of
 * another version, is thrown away and made anew; `thrownAway` hears why. Throws what a full or missing disk says.
 */
export function openReadModelFile(file: string, thrownAway: (why: string) => void = () => undefined): DatabaseSync {
  const why = existsSync(markOf(file)) ? 'it was found to be damaged while it was in use' : undefined;
  const opened = why ?? tryOpen(file);
  if (typeof opened !== 'string') return opened;
  thrownAway(opened);
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${part}`, { force: true });
  rmSync(markOf(file), { force: true });
  return open(file);
}

/** The open file, or why it is of no use. */
function tryOpen(file: string): DatabaseSync | string {
  try {
    return open(file);
  } catch (error) {
    if (passes(error)) throw error;
    return wordsOf(error);
  }
}

function open(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec(pragmas);
    requireOurs(db);
    db.exec(schema + reportsSchema);
    dropFormer(db);
    for (const projection of projections) db.exec(projection.schema);
    db.exec(`PRAGMA user_version = ${fileVersion}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What a projection kept under an earlier name is read by nobody, and takes as much room as what it keeps now. */
function dropFormer(db: DatabaseSync): void {
  const kept = new Set(projections.map(({ name }) => name));
  const rows = db.prepare('SELECT projection AS name FROM checkpoints').all() as unknown as { name: string }[];
  const tablesOf = db.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = ?1 OR name GLOB ?1 || '_*')",
  );
  for (const { name } of rows.filter((row) => !kept.has(row.name))) {
    const tables = tablesOf.all(name.replaceAll('-', '_')) as unknown as { name: string }[];
    transaction(db, () => {
      for (const table of tables) db.exec(`DROP TABLE ${table.name}`);
      db.prepare('DELETE FROM checkpoints WHERE projection = ?').run(name);
    });
  }
}

function requireOurs(db: DatabaseSync): void {
  const { count } = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number };
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (count > 0 && version !== fileVersion)
    throw new Error(`it has version ${version}, this program's is ${fileVersion}`);
}

/** What a projection's rows hold: everything up to a position, without what was left out (see `leavingOut`). */
export interface Checkpoint {
  /** `undefined` before the first event. */
  readonly position: Position | undefined;
  readonly leavesOut: string;
}

/** Where a projection stands; before its first event it leaves out nothing. */
export function checkpointOf(db: DatabaseSync, { name }: Projection): Checkpoint {
  const select = db.prepare('SELECT position, leaves_out AS leavesOut FROM checkpoints WHERE projection = ?');
  const row = select.get(name) as unknown as Checkpoint | undefined;
  return row ? { position: row.position, leavesOut: row.leavesOut } : { position: undefined, leavesOut: '{}' };
}

/** Empties a projection and forgets its checkpoint, so that it is filled again from the start of the log. */
export function reset(db: DatabaseSync, { name, tables }: Projection): void {
  transaction(db, () => {
    for (const table of tables) db.exec(`DELETE FROM ${table}`);
    db.prepare('DELETE FROM checkpoints WHERE projection = ?').run(name);
  });
}

/** Runs `work` in one transaction: all of it holds, or nothing. */
export function transaction(db: DatabaseSync, work: () => void): void {
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
