/**
 * `audit-history`: where every fact of a provider's streams stands in the log. Rows hold positions and not copies, also of
 * what is set aside, so that lifting a decision changes no row.
 */
import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { providerIn } from '../../application/history/streams-about.js';
import type { Version } from '../engine/read-model.js';
import { type HistoryReads, historyReads } from './history-reads.js';

/** A provider is a number in order of arrival, so that the index grows where it grew last. */
export const auditHistory: Version<HistoryReads> = {
  version: 2,
  cacheMiB: 32,
  kind: 'indexed',
  tables: ['audit_history', 'audit_history_providers'],
  schema: `
    CREATE TABLE IF NOT EXISTS audit_history_providers (number INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS audit_history (
      place INTEGER PRIMARY KEY, provider INTEGER NOT NULL, position TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS audit_history_provider ON audit_history (provider, place);`,
  concerns: (stream) => providerIn(stream) !== undefined,
  open(db) {
    const numberOf = openNumbers(db);
    const insert = db.prepare('INSERT INTO audit_history (provider, position, stream, revision) VALUES (?, ?, ?, ?)');
    return (entries) => {
      for (const { stream, position, revision } of entries) {
        const id = providerIn(stream);
        if (id !== undefined) insert.run(numberOf(id), position, stream, revision);
      }
    };
  },
  reads: historyReads,
};

const remembered = 4_000;

/** The number of a provider, given out when it is first asked for. */
function openNumbers(db: DatabaseSync): (providerId: string) => number | bigint {
  const select = db.prepare('SELECT number FROM audit_history_providers WHERE provider_id = ?');
  const insert = db.prepare('INSERT INTO audit_history_providers (provider_id) VALUES (?)');
  const recent = new LRUCache<string, number | bigint>({ max: remembered });
  return (providerId) => {
    const known = recent.get(providerId) ?? (select.get(providerId) as { number: number } | undefined)?.number;
    const number = known ?? insert.run(providerId).lastInsertRowid;
    recent.set(providerId, number);
    return number;
  };
}
