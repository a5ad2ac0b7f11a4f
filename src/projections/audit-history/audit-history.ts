/** `audit-history`: where every fact of a provider's streams stands in the log. Rows hold positions, not copies. */
import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { providerIn } from '../../application/history/streams-about.js';
import type { Projection } from '../engine/projection.js';

/** A provider is a number in order of arrival, so that the index grows where it grew last. */
export const auditHistory: Projection = {
  name: 'audit-history-1',
  tables: ['audit_history_1', 'audit_history_1_providers'],
  schema: `
    CREATE TABLE IF NOT EXISTS audit_history_1_providers (number INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS audit_history_1 (
      place INTEGER PRIMARY KEY, provider INTEGER NOT NULL, position TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS audit_history_1_provider ON audit_history_1 (provider, place);`,
  open(db) {
    const numberOf = openNumbers(db);
    const insert = db.prepare('INSERT INTO audit_history_1 (provider, position, stream, revision) VALUES (?, ?, ?, ?)');
    return (events) => {
      for (const { stream, position, revision } of events) {
        const id = providerIn(stream);
        if (id !== undefined) insert.run(numberOf(id), position, stream, revision);
      }
    };
  },
};

const remembered = 4_000;

/** The number of a provider, given out when it is first asked for. */
function openNumbers(db: DatabaseSync): (providerId: string) => number | bigint {
  const select = db.prepare('SELECT number FROM audit_history_1_providers WHERE provider_id = ?');
  const insert = db.prepare('INSERT INTO audit_history_1_providers (provider_id) VALUES (?)');
  const recent = new LRUCache<string, number | bigint>({ max: remembered });
  return (providerId) => {
    const known = recent.get(providerId) ?? (select.get(providerId) as { number: number } | undefined)?.number;
    const number = known ?? insert.run(providerId).lastInsertRowid;
    recent.set(providerId, number);
    return number;
  };
}
