/** `audit-history`: where every fact of a provider's streams stands in the log. Rows hold positions, not copies. */
import { providerIn } from '../application/changes.js';
import type { Projection } from './projection.js';

export const auditHistory: Projection = {
  name: 'audit-history-1',
  tables: ['audit_history_1'],
  schema: `
    CREATE TABLE IF NOT EXISTS audit_history_1 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL, position TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS audit_history_1_provider ON audit_history_1 (provider_id, place);`,
  open(db) {
    const insert = db.prepare(
      'INSERT INTO audit_history_1 (provider_id, position, stream, revision) VALUES (?, ?, ?, ?)',
    );
    return (events) => {
      for (const { stream, position, revision } of events) {
        const id = providerIn(stream);
        if (id !== undefined) insert.run(id, position, stream, revision);
      }
    };
  },
};
