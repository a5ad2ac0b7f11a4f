/** `saga-due`: who is owed a step, when to look next, and who waits for a payer. */
import { owed } from '../domain/provider/saga.js';
import { isQueued, type Provider, unknownProvider } from '../domain/provider/stages.js';
import { after, byProvider } from './fold-providers.js';
import { type Keeping, openStates } from './kept-states.js';
import type { Projection } from './projection.js';

export const sagaDue: Projection = {
  name: 'saga-due-1',
  tables: ['saga_due_1'],
  schema: `
    CREATE TABLE IF NOT EXISTS saga_due_1 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, next_at TEXT, waiting_since TEXT, organization TEXT,
      territory TEXT, returns_to TEXT, state TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS saga_due_1_next ON saga_due_1 (next_at, provider_id) WHERE next_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS saga_due_1_waiting ON saga_due_1 (waiting_since) WHERE waiting_since IS NOT NULL;`,
  open(db) {
    const change = openStates(db, keeping);
    return (events) => {
      for (const [id, facts] of byProvider(events))
        change(id, facts[0]?.revision === 0, (stored) => facts.reduce(after, stored ?? unknownProvider));
    };
  },
};

const keeping: Keeping<Provider> = {
  table: 'saga_due_1',
  document: 'state',
  settled: () => ({}),
  moving(provider) {
    const next = owed(provider).map(({ notBefore }) => notBefore);
    const waits = isQueued(provider) ? provider : undefined;
    return {
      next_at: next.sort()[0] ?? null,
      // A provider that a payer refused, or whose creation was resumed, keeps its place in the queue.
      waiting_since: waits?.acceptedAt ?? null,
      organization: waits?.organization ?? null,
      territory: waits?.territory ?? null,
      returns_to: waits?.stage === 'resumed' ? waits.payerId : null,
    };
  },
};
