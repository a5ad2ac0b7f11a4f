/** `provider-status`: one row a provider with its state and the times of its steps, and how long steps take of late. */
import type { DatabaseSync } from 'node:sqlite';
import type { ProviderRow } from '../../application/ports/read-models.js';
import type { RecordedEvent } from '../../application/streams/event-store.js';
import { type Provider, underneath, unknownProvider } from '../../domain/provider/stages.js';
import type { Step } from '../../domain/provider/steps.js';
import { after, byProvider, type ProviderFact } from '../engine/fold-providers.js';
import type { Projection } from '../engine/projection.js';
import { type Keeping, openStates } from '../engine/state-table.js';
import { type Took, timesAfter } from './step-times.js';

/** What a row holds beside its columns. */
export type StatusDocument = Omit<ProviderRow, 'providerId'>;

export const providerStatus: Projection = {
  name: 'provider-status-3',
  tables: ['provider_status_3', 'provider_status_3_pace'],
  schema: `
    CREATE TABLE IF NOT EXISTS provider_status_3 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, organization TEXT NOT NULL, stage TEXT NOT NULL,
      requested_at TEXT NOT NULL, document TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS provider_status_3_newest ON provider_status_3 (organization, requested_at DESC, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_3_stage ON provider_status_3 (organization, stage, requested_at DESC, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_3_unsettled ON provider_status_3 (stage, requested_at DESC, provider_id) WHERE stage <> 'active';
    CREATE TABLE IF NOT EXISTS provider_status_3_pace (step TEXT PRIMARY KEY, mean_ms INTEGER NOT NULL, done INTEGER NOT NULL) WITHOUT ROWID;`,
  open(db) {
    const change = openStates(db, keeping);
    const learn = openPace(db);
    return (events) => {
      const learned = new Map<RecordedEvent, Took>();
      for (const [id, facts] of byProvider(events))
        change(id, facts[0]?.revision === 0, (stored) =>
          facts.reduce((row, fact) => next(row, fact, (took) => learned.set(fact, took)), stored ?? blank(facts)),
        );
      // In the order of the log, so that the pace does not depend on how events were cut into batches.
      learn(events.flatMap((event) => learned.get(event) ?? []));
    };
  },
};

const keeping: Keeping<StatusDocument> = {
  table: 'provider_status_3',
  document: 'document',
  together: ({ provider }) => organizationOf(provider),
  settled({ provider, requestedAt }) {
    return { organization: organizationOf(provider), requested_at: requestedAt };
  },
  moving: ({ provider }) => ({ stage: provider.stage }),
};

function organizationOf(provider: Provider): string {
  const known = underneath(provider);
  return 'organization' in known ? known.organization : '';
}

function blank([first]: readonly ProviderFact[]): StatusDocument {
  const at = first?.metadata.recordedAt ?? '';
  return { provider: unknownProvider, steps: {}, requestedAt: at, changedAt: at, position: '' };
}

function next(row: StatusDocument, fact: ProviderFact, learn: (took: Took) => void): StatusDocument {
  const at = fact.metadata.recordedAt;
  const provider = after(row.provider, fact);
  const steps = timesAfter(row.steps, { before: row.provider, event: fact.event, provider, at }, learn);
  return { ...row, provider, steps, changedAt: at, position: fact.position };
}

/** A moving average over about the last twenty, in whole milliseconds so that a replay gives the same. */
function openPace(db: DatabaseSync): (all: readonly Took[]) => void {
  const select = db.prepare('SELECT step, mean_ms, done FROM provider_status_3_pace');
  const upsert = db.prepare('INSERT OR REPLACE INTO provider_status_3_pace VALUES (?, ?, ?)');
  const rows = select.all() as unknown as { step: Step; mean_ms: number; done: number }[];
  const known = new Map(rows.map(({ step, mean_ms, done }) => [step, { mean: mean_ms, done }]));
  return (all) => {
    for (const { step, ms } of all) {
      const before = known.get(step) ?? { mean: 0, done: 0 };
      const done = Math.min(before.done + 1, 20);
      known.set(step, { mean: Math.round(before.mean + (ms - before.mean) / done), done });
    }
    for (const step of new Set(all.map((took) => took.step))) {
      const now = known.get(step);
      if (now) upsert.run(step, now.mean, now.done);
    }
  };
}
