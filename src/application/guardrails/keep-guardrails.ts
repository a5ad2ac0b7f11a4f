/**
 * The saga of a payer's guardrails: from an operator's application on it looks whether that is still in force, and puts back
 * what is missing. A hole stops vending at the payer, because somebody there has taken away what holds its accounts.
 */
import {
  type GuardrailStep,
  type GuardrailsEvent,
  owedGuardrails,
  type PayerGuardrails,
  planDigestsOf,
  recordGuardrails,
} from '../../domain/guardrails/payer-guardrails.js';
import { describeChange, GuardrailsDoNotFit } from '../../domain/guardrails/plan.js';
import { decidePayer } from '../../domain/payer.js';
import type { Attempt, Delayed, Later } from '../ports/attempts.js';
import { OrganizationUnavailable } from '../ports/guardrails.js';
import { backOffMs, jitteredMs } from '../processes/back-off.js';
import type { Outcome, Process } from '../processes/process.js';
import { payerGuardrails, payers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import type { Streams } from '../streams/streams.js';
import { type Drift, driftOf, findingsOf } from './guardrails-drift.js';
import type { GuardrailParts } from './payer-plans.js';

export interface KeepParts {
  readonly streams: Streams;
  readonly guardrails: GuardrailParts;
  /** A number in 0…1, for the jitter of waits. */
  readonly random: () => number;
}

type Came = Outcome<GuardrailsEvent>;

const lookEveryMs = 15 * 60_000;
const triesUntilTold = 3;
const mendedSoonMs = 1_000;

/** The process of payers' guardrails. */
export function guardrailsProcess(on: KeepParts): Process<PayerGuardrails, GuardrailsEvent, GuardrailStep> {
  const ids = on.guardrails.units.map(({ id }) => id).sort();
  return {
    aggregate: payerGuardrails,
    owed: owedGuardrails,
    record: recordGuardrails,
    timed: async (owed) => owed,
    ensure: (step, id, guardrails, attempt) =>
      on.guardrails.mutex.run(id, () => attempted(on, step, id, guardrails, attempt)),
    // That AWS could not be asked is told in the log; it is no fact about the guardrails.
    delayed: () => undefined,
    overdue: () => undefined,
    warning: warningOf,
    due: (afterId, limit) =>
      ids
        .filter((id) => id > afterId)
        .slice(0, limit)
        .map((id) => ({ id, watchedSince: undefined })),
  };
}

async function attempted(
  on: KeepParts,
  step: GuardrailStep,
  id: string,
  seen: PayerGuardrails,
  attempt: Attempt,
): Promise<Came> {
  // While this waited for its turn, an operator may have applied something else.
  const { state } = await on.streams.load(payerGuardrails, id);
  if (planDigestsOf(state).join() !== planDigestsOf(seen).join()) return { kind: 'later', retryAfterMs: mendedSoonMs };
  try {
    const differing = await driftOf(on.guardrails, id, state, attempt.signal);
    return step === 'WatchGuardrails'
      ? watched(on, id, state, differing, attempt)
      : await restored(on, id, differing, attempt);
  } catch (error) {
    if (error instanceof OrganizationUnavailable) return unseen(error, attempt, on.random);
    throw error;
  }
}

function watched(on: KeepParts, id: string, state: PayerGuardrails, differing: Drift, { now }: Attempt): Came {
  const findings = findingsOf(differing);
  if (findings.length === 0) return { kind: 'later', retryAfterMs: jitteredMs(lookEveryMs, on.random) };
  const event = { type: 'GuardrailsDriftDetected', findings, planDigests: planDigestsOf(state) } as const;
  return { kind: 'fact', event, first: () => stopVending(on, id, now) };
}

async function restored(on: KeepParts, id: string, differing: Drift, { tries, signal }: Attempt): Promise<Came> {
  if (differing instanceof GuardrailsDoNotFit) {
    const words = `The guardrails of ${id} cannot be restored: ${differing.message}`;
    return {
      kind: 'delayed',
      reason: 'guardrails-do-not-fit',
      words,
      advice: words,
      retryAfterMs: backOffMs(tries, on.random),
    };
  }
  for (const change of differing) await on.guardrails.organizations.change(id, change, signal);
  const changes = differing.map((change) => describeChange(change).words);
  return { kind: 'fact', event: { type: 'GuardrailsRestored', changes } };
}

/** What keeps us from looking is told in the log once it has lasted. */
function unseen({ message, call }: OrganizationUnavailable, { tries }: Attempt, random: () => number): Later | Delayed {
  const retryAfterMs = backOffMs(tries, random);
  const failed = call ? { call } : {};
  if (tries < triesUntilTold) return { kind: 'later', retryAfterMs, ...failed };
  const advice = `Whether the guardrails are in force cannot be seen. ${message}`;
  return { kind: 'delayed', reason: 'guardrails-unseen', words: message, advice, retryAfterMs, ...failed };
}

const drifted =
  'The guardrails over the payer’s customers are not those that an operator applied. They are put back; find out who took them away.';

async function stopVending({ streams }: KeepParts, id: string, now: number): Promise<void> {
  const cause = sagaCause(id, 'WatchGuardrails', 'VendingPaused');
  const words = `${drifted} GET /v1/payers/${id}/guardrails shows how they stand; then POST /v1/payers/${id}/resume.`;
  const refusal = { reason: 'guardrails-drifted', words, refusedAt: new Date(now).toISOString() };
  await streams.change(payers, id, cause, (payer) =>
    decidePayer({ type: 'NoteRefusal', ...refusal, assignedUnder: undefined }, payer),
  );
}

function warningOf(event: GuardrailsEvent) {
  if (event.type !== 'GuardrailsDriftDetected') return undefined;
  return { about: { findings: event.findings }, words: drifted };
}
