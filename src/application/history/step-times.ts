/** When each step of a provider began, waited and was done; and, of those that nothing kept waiting, how long they took. */

import type { DomainEvent, UnknownEvent } from '../../domain/events.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import { stepsOwed } from '../../domain/provider/saga.js';
import type { Provider } from '../../domain/provider/stages.js';
import { isBaselineStep, isStep, type Step } from '../../domain/provider/steps.js';
import { isBlocked } from '../../domain/queue/blocked.js';
import type { ProviderRow, StepTimes } from '../ports/read-models.js';

type Times = ProviderRow['steps'];

/** How long a step took. */
export interface Took {
  readonly step: Step;
  readonly ms: number;
}

/** A fact with the provider before and after it, and the ISO time at which it was recorded. */
export interface Turn {
  readonly before: Provider;
  readonly event: ProviderEvent;
  readonly provider: Provider;
  readonly at: string;
}

/** The times after a fact; `learn` hears how long a step took that the fact has ended. */
export const timesAfter = (times: Times, turn: Turn, learn: (took: Took) => void): Times =>
  goOn(finish(begin(times, turn), turn, learn), turn);

/** Steps that became owed begin; one that was interrupted keeps its first beginning. */
function begin(times: Times, { before, provider, at }: Turn): Times {
  const already = stepsOwed(before);
  const begun = stepsOwed(provider).filter((step) => !already.includes(step) && !isDone(step, times));
  if (begun.length === 0) return times;
  const begins = (earlier: StepTimes | undefined): StepTimes =>
    earlier && !earlier.finishedAt ? { startedAt: earlier.startedAt, resumedAt: at } : { startedAt: at };
  return { ...times, ...Object.fromEntries(begun.map((step) => [step, begins(times[step])])) };
}

/** A part of the baseline that is done stays so, although its outcome may be asked for once more to complete the rest. */
const isDone = (step: Step, times: Times): boolean => isBaselineStep(step) && times[step]?.finishedAt !== undefined;

function finish(times: Times, { event, at }: Turn, learn: (took: Took) => void): Times {
  if (event.type === 'StepDelayed') {
    const { step, reason, words, since } = event;
    return {
      ...times,
      [step]: { ...afterWait(times[step] ?? { startedAt: since }, at), waitsFor: { reason, words, since } },
    };
  }
  const step = finishedBy(event);
  if (step === undefined) return times;
  const { startedAt, resumedAt = startedAt, waitsFor } = times[step] ?? { startedAt: at };
  // The place in the queue tells how long a payer is waited for, and what a person must end has no usual length.
  if (step !== 'AssignPayer' && !isBlocked(waitsFor?.reason))
    learn({ step, ms: Date.parse(at) - Date.parse(resumedAt) });
  return { ...times, [step]: { startedAt, finishedAt: at } };
}

/** A wait is told only as long as the provider's history says that it lasts. */
function goOn(times: Times, { provider, at }: Turn): Times {
  if (!('delays' in provider)) return times;
  const over = stepsOwed(provider).flatMap((step) => {
    const known = times[step];
    return known?.waitsFor && provider.delays[step] === undefined ? [[step, afterWait(known, at)] as const] : [];
  });
  return over.length === 0 ? times : { ...times, ...Object.fromEntries(over) };
}

/** What only a person could end is no part of what the step takes. */
function afterWait({ startedAt, resumedAt, waitsFor }: StepTimes, at: string): StepTimes {
  const from = isBlocked(waitsFor?.reason) ? at : resumedAt;
  return { startedAt, ...(from !== undefined && { resumedAt: from }) };
}

const finishes: Readonly<Partial<Record<(DomainEvent | UnknownEvent)['type'], Step>>> = {
  PayerAssigned: 'AssignPayer',
  AccountCreated: 'CreateAccount',
  PayerLinked: 'LinkPayer',
  AccountReady: 'AwaitReadiness',
  LiveProofRecorded: 'LiveProof',
  CredentialsIssued: 'IssueCredentials',
  CredentialsClaimed: 'SettleCredentials',
  CredentialsExpired: 'SettleCredentials',
};

/** The step that an event says to be done, if it says so of one. Nothing is learnt of a step that has left the table. */
export function finishedBy(event: DomainEvent | UnknownEvent): Step | undefined {
  const step = event.type === 'BaselineStepApplied' ? event.step : finishes[event.type];
  return step !== undefined && isStep(step) ? step : undefined;
}
