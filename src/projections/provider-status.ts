/** `provider-status`: one row a provider with its state and the times of its steps, and how long steps take of late. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../application/event-store.js';
import type { ProviderRow } from '../application/read-models.js';
import type { ProviderEvent } from '../domain/provider/events.js';
import { stepsOwed } from '../domain/provider/saga.js';
import { type Provider, underneath, unknownProvider } from '../domain/provider/stages.js';
import type { Step } from '../domain/provider/steps.js';
import { after, byProvider, type ProviderFact } from './fold-providers.js';
import { type Keeping, openStates } from './kept-states.js';
import type { Projection } from './projection.js';

/** What a row holds beside its columns. */
export type StatusDocument = Omit<ProviderRow, 'providerId'>;

/** How long a step took. */
interface Took {
  readonly step: Step;
  readonly ms: number;
}

export const providerStatus: Projection = {
  name: 'provider-status-1',
  tables: ['provider_status_1', 'provider_status_1_pace'],
  schema: `
    CREATE TABLE IF NOT EXISTS provider_status_1 (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, organization TEXT NOT NULL, stage TEXT NOT NULL,
      requested_at TEXT NOT NULL, document TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS provider_status_1_newest ON provider_status_1 (organization, requested_at DESC, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_1_stage ON provider_status_1 (organization, stage, requested_at DESC, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_1_unsettled ON provider_status_1 (stage, requested_at DESC, provider_id) WHERE stage <> 'active';
    CREATE TABLE IF NOT EXISTS provider_status_1_pace (step TEXT PRIMARY KEY, mean_ms INTEGER NOT NULL, done INTEGER NOT NULL) WITHOUT ROWID;`,
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
  table: 'provider_status_1',
  document: 'document',
  settled({ provider, requestedAt }) {
    const known = underneath(provider);
    return { organization: 'organization' in known ? known.organization : '', requested_at: requestedAt };
  },
  moving: ({ provider }) => ({ stage: provider.stage }),
};

function blank([first]: readonly ProviderFact[]): StatusDocument {
  const at = first?.metadata.recordedAt ?? '';
  return { provider: unknownProvider, steps: {}, requestedAt: at, changedAt: at, position: '' };
}

function next(row: StatusDocument, fact: ProviderFact, learn: (took: Took) => void): StatusDocument {
  const at = fact.metadata.recordedAt;
  const provider = after(row.provider, fact);
  const steps = finish(begin(row.steps, row.provider, provider, at), fact.event, at, learn);
  return { ...row, provider, steps, changedAt: at, position: fact.position };
}

/** Steps that became owed begin; one that was interrupted by a halt keeps its first beginning. */
function begin(
  steps: StatusDocument['steps'],
  before: Provider,
  provider: Provider,
  at: string,
): StatusDocument['steps'] {
  const already = stepsOwed(before);
  const begun = stepsOwed(provider).filter((step) => !already.includes(step));
  if (begun.length === 0) return steps;
  const times = begun.map((step) => {
    const earlier = steps[step];
    return [step, { startedAt: earlier && !earlier.finishedAt ? earlier.startedAt : at }] as const;
  });
  return { ...steps, ...Object.fromEntries(times) };
}

function finish(
  steps: StatusDocument['steps'],
  event: ProviderEvent,
  at: string,
  learn: (took: Took) => void,
): StatusDocument['steps'] {
  if (event.type === 'StepDelayed') {
    const { step, reason, words, since } = event;
    const startedAt = steps[step]?.startedAt ?? since;
    return { ...steps, [step]: { startedAt, waitsFor: { reason, words, since } } };
  }
  const step = finished(event);
  if (step === undefined) return steps;
  const startedAt = steps[step]?.startedAt ?? at;
  learn({ step, ms: Date.parse(at) - Date.parse(startedAt) });
  return { ...steps, [step]: { startedAt, finishedAt: at } };
}

const finishes: Readonly<Partial<Record<ProviderEvent['type'], Step>>> = {
  PayerAssigned: 'AssignPayer',
  AccountCreated: 'CreateAccount',
  PayerLinked: 'LinkPayer',
  AccountReady: 'AwaitReadiness',
  CredentialsIssued: 'IssueCredentials',
  CredentialsClaimed: 'SettleCredentials',
  CredentialsExpired: 'SettleCredentials',
};

const finished = (event: ProviderEvent): Step | undefined =>
  event.type === 'BaselineStepApplied' ? event.step : finishes[event.type];

/** A moving average over about the last twenty, in whole milliseconds so that a replay gives the same. */
function openPace(db: DatabaseSync): (all: readonly Took[]) => void {
  const select = db.prepare('SELECT step, mean_ms, done FROM provider_status_1_pace');
  const upsert = db.prepare('INSERT OR REPLACE INTO provider_status_1_pace VALUES (?, ?, ?)');
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
