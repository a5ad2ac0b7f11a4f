/** The log that belongs to the secrets, kept beside them, so that a lost one is noticed. */
import type { DatabaseSync } from 'node:sqlite';
import type { KnownLog } from '../../domain/log.js';

export interface KnownLogKept {
  /** The log that was kept here last; `undefined` in a new vault. */
  knownLog(): KnownLog | undefined;
  /** Keeps which log belongs to the secrets. */
  rememberLog(known: KnownLog): void;
}

/** The tables that are made where they are absent. */
export const knownLogTables = `
  CREATE TABLE IF NOT EXISTS known_log (
    only INTEGER PRIMARY KEY CHECK (only = 1), log_id TEXT NOT NULL, events INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS known_log_hash (
    only INTEGER PRIMARY KEY CHECK (only = 1), log_id TEXT NOT NULL, events INTEGER NOT NULL, hash TEXT NOT NULL
  ) STRICT;`;

/** The hash lies in a table of its own, so that a release before it goes on writing the other; what that wrote has none. */
export function knownLogIn(db: DatabaseSync): KnownLogKept {
  const select = db.prepare(
    'SELECT log_id AS logId, events, hash FROM known_log LEFT JOIN known_log_hash USING (only, log_id, events)',
  );
  const upsert = db.prepare('INSERT OR REPLACE INTO known_log VALUES (1, ?, ?)');
  const upsertHash = db.prepare('INSERT OR REPLACE INTO known_log_hash VALUES (1, ?, ?, ?)');
  return {
    knownLog() {
      const row = select.get() as { logId: string; events: number; hash: string | null } | undefined;
      return row && { logId: row.logId, events: row.events, ...(row.hash !== null && { hash: row.hash }) };
    },
    rememberLog({ logId, events, hash }) {
      upsert.run(logId, events);
      if (hash !== undefined) upsertHash.run(logId, events, hash);
    },
  };
}
