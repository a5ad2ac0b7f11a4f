/** `provider-status`: one row a provider with its state and the times of its steps, and how long steps take of late. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../application/event-store.js';
import type { ProviderRow } from '../application/read-models.js';
import type { ProviderEvent } from '../domain/provider/events.js';
import { owed } from '../domain/provider/saga.js';
import { type Provider, underneath, unknownProvider } from '../domain/provider/stages.js';
import type { Step } from '../domain/provider/steps.js';
import { after, byProvider, type ProviderFact } from './fold-providers.js';
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
      provider_id TEXT PRIMARY KEY, organization TEXT NOT NULL, stage TEXT NOT NULL, requested_at TEXT NOT NULL, document TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS provider_status_1_newest ON provider_status_1 (organization, requested_at DESC, provider_id);
    CREATE TABLE IF NOT EXISTS provider_status_1_pace (step TEXT PRIMARY KEY, mean_ms INTEGER NOT NULL, done INTEGER NOT NULL) WITHOUT ROWID;`,
  open(db) {
    const select = db.prepare('SELECT document FROM provider_status_1 WHERE provider_id = ?');
    const upsert = db.prepare('INSERT OR REPLACE INTO provider_status_1 VALUES (?, ?, ?, ?, ?)');
    const learn = openPace(db);
    return (events) => {
      const learned = new Map<RecordedEvent, Took>();
      for (const [id, facts] of byProvider(events)) {
        const stored = select.get(id) as { document: string } | undefined;
        const row = facts.reduce(
          (r, fact) => next(r, fact, (took) => learned.set(fact, took)),
          stored ? (JSON.parse(stored.document) as StatusDocument) : blank(facts),
        );
        const known = underneath(row.provider);
        upsert.run(
          id,
          'organization' in known ? known.organization : '',
          row.provider.stage,
          row.requestedAt,
          JSON.stringify(row),
        );
      }
      // In the order of the log, so that the pace does not depend on how events were cut into batches.
      for (const event of events) learn(learned.get(event));
    };
  },
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
  const already = new Set(owed(before).map(({ step }) => step));
  const begun = owed(provider).filter(({ step }) => !already.has(step));
  if (begun.length === 0) return steps;
  const times = begun.map(({ step }) => {
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
function openPace(db: DatabaseSync): (took: Took | undefined) => void {
  const select = db.prepare('SELECT mean_ms, done FROM provider_status_1_pace WHERE step = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO provider_status_1_pace VALUES (?, ?, ?)');
  return (took) => {
    if (!took) return;
    const { step, ms } = took;
    const known = select.get(step) as { mean_ms: number; done: number } | undefined;
    const done = Math.min((known?.done ?? 0) + 1, 20);
    upsert.run(step, Math.round((known?.mean_ms ?? 0) + (ms - (known?.mean_ms ?? 0)) / done), done);
  };
}
