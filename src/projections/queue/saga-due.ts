/** `saga-due`: who is owed a step, and who waits for a payer. */
import { stepsOwed, watchedSince } from '../../domain/provider/saga.js';
import { isQueued, type Provider, unknownProvider } from '../../domain/provider/stages.js';
import { after, byProvider } from '../engine/fold-providers.js';
import type { Projection } from '../engine/projection.js';
import { type Keeping, openStates } from '../engine/state-table.js';

export const sagaDue: Projection = {
  name: 'saga-due-4',
  tables: ['saga_due_4'],
  schema: `
    CREATE TABLE IF NOT EXISTS saga_due_4 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, owed INTEGER, watched_since TEXT, waiting_since TEXT, organization TEXT,
      territory TEXT, returns_to TEXT, state TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS saga_due_4_owed ON saga_due_4 (provider_id) WHERE owed = 1;
    CREATE INDEX IF NOT EXISTS saga_due_4_waiting ON saga_due_4 (waiting_since) WHERE waiting_since IS NOT NULL;`,
  open(db) {
    const change = openStates(db, keeping);
    return (events) => {
      for (const [id, facts] of byProvider(events))
        change(id, facts[0]?.revision === 0, (stored) => facts.reduce(after, stored ?? unknownProvider));
    };
  },
};

const keeping: Keeping<Provider> = {
  table: 'saga_due_4',
  document: 'state',
  // They are read one by one, and those that change at one time have come at one time.
  together: () => '',
  settled: () => ({}),
  moving(provider) {
    const waits = isQueued(provider) ? provider : undefined;
    return {
      // Without a time: whatever the clock said when a step began to be owed, it is due.
      owed: stepsOwed(provider).some((step) => step !== 'AssignPayer') ? 1 : null,
      watched_since: watchedSince(provider) ?? null,
      // A provider that a payer refused, or whose creation was resumed, keeps its place in the queue.
      waiting_since: waits?.acceptedAt ?? null,
      organization: waits?.organization ?? null,
      territory: waits?.territory ?? null,
      returns_to: waits?.stage === 'resumed' ? waits.payerId : null,
    };
  },
};
