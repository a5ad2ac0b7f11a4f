/** `saga-due`: who is owed a step, when to look next, and who waits for a payer. */
import { owed } from '../domain/provider/saga.js';
import { type Provider, unknownProvider } from '../domain/provider/stages.js';
import { after, byProvider } from './fold-providers.js';
import type { Projection } from './projection.js';

export const sagaDue: Projection = {
  name: 'saga-due-1',
  tables: ['saga_due_1'],
  schema: `
    CREATE TABLE IF NOT EXISTS saga_due_1 (
      provider_id TEXT PRIMARY KEY, next_at TEXT, waiting_since TEXT, organization TEXT, territory TEXT, state TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS saga_due_1_next ON saga_due_1 (next_at, provider_id) WHERE next_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS saga_due_1_waiting ON saga_due_1 (waiting_since) WHERE waiting_since IS NOT NULL;`,
  open(db) {
    const select = db.prepare('SELECT state FROM saga_due_1 WHERE provider_id = ?');
    const upsert = db.prepare('INSERT OR REPLACE INTO saga_due_1 VALUES (?, ?, ?, ?, ?, ?)');
    return (events) => {
      for (const [id, facts] of byProvider(events)) {
        const stored = select.get(id) as { state: string } | undefined;
        const provider = facts.reduce(after, stored ? (JSON.parse(stored.state) as Provider) : unknownProvider);
        const next = owed(provider).map(({ notBefore }) => notBefore);
        const waits = provider.stage === 'accepted' ? provider : undefined;
        upsert.run(
          id,
          next.sort()[0] ?? null,
          waits?.since ?? null,
          waits?.organization ?? null,
          waits?.territory ?? null,
          JSON.stringify(provider),
        );
      }
    };
  },
};
