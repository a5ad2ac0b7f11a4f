/** `provider-status`: one row a provider with its state, the times of its steps and what it is owed; and how long steps take of late. */

import { timesAfter } from '../../application/history/step-times.js';
import type { Position } from '../../application/ports/event-store.js';
import type { ProviderRow } from '../../application/ports/read-models.js';
import { idIn } from '../../application/streams/aggregates.js';
import { unknownProvider } from '../../domain/provider/stages.js';
import { after, byProvider, type ProviderFact } from '../engine/fold-providers.js';
import type { Projection } from '../engine/projection.js';
import { openStates, type StateTable } from '../engine/state-table.js';
import { dueColumns, dueIndexes, dueOf } from './due-reads.js';
import { listColumns, listedOf, listIndexes, organizationOf, settledOf } from './listed.js';
import { dayOf, type Learned, openPace, paceSchema } from './pace.js';

/** What a row holds beside its columns. */
export interface StatusDocument extends Omit<ProviderRow, 'providerId'> {
  /** Of the fact that brought it into the queue for a payer, in which it keeps its place. */
  readonly arrivedAt?: Position;
}

export const statuses: Projection = {
  tables: ['provider_status', 'provider_status_pace'],
  schema: `
    CREATE TABLE IF NOT EXISTS provider_status (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, ${listColumns}, ${dueColumns}, document TEXT NOT NULL
    );
    ${listIndexes}
    ${dueIndexes}
    ${paceSchema}`,
  concerns: (stream) => idIn('provider', stream) !== undefined,
  open(db) {
    const states = openStates(db, table);
    const learn = openPace(db);
    return {
      fold(events) {
        const learned: Learned[] = [];
        for (const [id, facts] of byProvider(events))
          states.change(id, facts[0]?.revision === 0, (stored) => folded(stored, facts, learned));
        learn(learned, 1);
      },
      forget(stream, events) {
        const learned: Learned[] = [];
        for (const facts of byProvider(events).values()) folded(undefined, facts, learned);
        learn(learned, -1);
        states.remove(idIn('provider', stream) ?? '');
      },
    };
  },
};

const table: StateTable<StatusDocument> = {
  table: 'provider_status',
  document: 'document',
  together: ({ provider }) => organizationOf(provider),
  settled: (row) => settledOf(row.provider, row.requestedAt),
  moving: (row) => ({ ...listedOf(row.provider, row.changedAt), ...dueOf(row.provider) }),
};

/** The row after more facts; what was learned from them is added to the list. */
function folded(
  stored: StatusDocument | undefined,
  facts: readonly ProviderFact[],
  learned: Learned[],
): StatusDocument {
  const [first, ...others] = facts;
  if (!first) throw new Error('A row is folded from at least one fact.');
  return others.reduce((row, fact) => next(row, fact, learned), next(stored ?? blank(first), first, learned));
}

function blank({ metadata: { recordedAt: at }, position }: ProviderFact): StatusDocument {
  return { provider: unknownProvider, steps: {}, requestedAt: at, changedAt: at, position };
}

function next(row: StatusDocument, fact: ProviderFact, learned: Learned[]): StatusDocument {
  const at = fact.metadata.recordedAt;
  const provider = after(row.provider, fact);
  const turn = { before: row.provider, event: fact.event, provider, at };
  const steps = timesAfter(row.steps, turn, (took) => void learned.push({ ...took, day: dayOf(at) }));
  const arrivedAt = fact.event.type === 'TermsAccepted' ? fact.position : row.arrivedAt;
  const known = { provider, steps, requestedAt: row.requestedAt, changedAt: at, position: fact.position };
  return arrivedAt === undefined ? known : { ...known, arrivedAt };
}
