/** What the saga itself says of a step that is held up: why it waits, and that its time is up. */

import type { FailedCall } from '../../domain/failed-call.js';
import type { Payer } from '../../domain/payer.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import type { Owed } from '../../domain/provider/saga.js';
import type { Delayed } from '../ports/ensures.js';

/** Said of an error that nobody has foreseen. */
export const unexplained = {
  reason: 'unexpected',
  words: 'Something unexpected stands in the way. It is tried again by itself, and the operator can see why.',
};

/** The fact that a step waits, since a time in milliseconds. */
export const delay = ({ step }: Owed, { reason, words }: Delayed, now: number): ProviderEvent => ({
  type: 'StepDelayed',
  step,
  reason,
  words,
  since: new Date(now).toISOString(),
});

/** The step with the time that it has at this payer: while vending is paused, the time to make an account does not run. */
export function timed(due: Owed, payer: Payer): Owed {
  const { step, since, deadline } = due;
  if (step !== 'CreateAccount' || deadline === undefined) return due;
  if (payer.vending === 'paused') return { ...due, deadline: undefined };
  if (payer.since <= since) return due;
  const patienceMs = Date.parse(deadline) - Date.parse(since);
  return { ...due, deadline: new Date(Date.parse(payer.since) + patienceMs).toISOString() };
}

/** The halt of a step that took too long, with the last call that failed where there was one. */
export const overdue = ({ step, deadline }: Owed, call: FailedCall | undefined): ProviderEvent => ({
  type: 'ProvisioningHalted',
  step,
  reason: 'deadline-passed',
  whoMustAct: 'operator',
  words: `This step was not done by ${deadline}, which is longer than it ever takes. The operator has been told; you need do nothing.`,
  ...(call ? { call } : {}),
});
