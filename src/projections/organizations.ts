/** `organizations`: the facts about each customer as last reported. */
import { idIn } from '../application/aggregates.js';
import type { Projection } from './projection.js';

export const organizationFacts: Projection = {
  name: 'organizations-1',
  tables: ['organizations_1'],
  schema: `
    CREATE TABLE IF NOT EXISTS organizations_1 (
      organization TEXT PRIMARY KEY, facts TEXT NOT NULL, revision INTEGER NOT NULL, changed_at TEXT NOT NULL
    ) WITHOUT ROWID;`,
  open(db) {
    const upsert = db.prepare('INSERT OR REPLACE INTO organizations_1 VALUES (?, ?, ?, ?)');
    return (events) => {
      for (const { stream, revision, event, metadata } of events) {
        const id = idIn('organization', stream);
        if (id === undefined || !('facts' in event)) continue;
        upsert.run(id, JSON.stringify(event.facts), revision, metadata.recordedAt);
      }
    };
  },
};
