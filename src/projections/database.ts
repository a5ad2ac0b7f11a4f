/** The file of the read models: thrown away and replayed at will, so it need not survive a power cut whole. */
import { DatabaseSync } from 'node:sqlite';
import type { Position } from '../application/event-store.js';
import { auditHistory } from './audit-history.js';
import { organizationFacts } from './organizations.js';
import { payerLoad } from './payer-load.js';
import type { Projection } from './projection.js';
import { providerStatus } from './provider-status.js';
import { sagaDue } from './saga-due.js';

export const projections: readonly Projection[] = [providerStatus, auditHistory, sagaDue, payerLoad, organizationFacts];

/** Opens (or makes) the file with the tables of every projection and their checkpoints. */
export function openReadModelFile(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
  db.exec('CREATE TABLE IF NOT EXISTS checkpoints (projection TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID');
  for (const { schema } of projections) db.exec(schema);
  return db;
}

/** The position up to which a projection's rows hold everything; `undefined` before the first event. */
export function checkpointOf(db: DatabaseSync, { name }: Projection): Position | undefined {
  const row = db.prepare('SELECT position FROM checkpoints WHERE projection = ?').get(name) as
    | { position: Position }
    | undefined;
  return row?.position;
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
    db.exec('ROLLBACK');
    throw error;
  }
}
