/** What is said of a provider's step that is held up: why it waits, and that its time is up. */

import type { FailedCall } from '../../domain/failed-call.js';
import type { ProvisioningHalted, StepDelayed } from '../../domain/provider/events.js';
import { answersOf, type Owed } from '../../domain/provider/saga.js';
import type { Provider } from '../../domain/provider/stages.js';
import { type Step, stepTable } from '../../domain/provider/steps.js';
import { operatorInformed } from '../error-text.js';
import type { Delayed } from '../ports/attempts.js';
import type { Brake } from './vending.js';

/** What an attempt at this step of this provider answers, as a member of its outcome. */
export function answering(step: Step, provider: Provider) {
  const answers = answersOf(step, provider);
  return answers ? { answers } : {};
}

/** The fact that a step waits, since a time in milliseconds. */
export const delay = (step: Step, { reason, words }: Delayed, now: number, provider: Provider): StepDelayed => ({
  type: 'StepDelayed',
  step,
  reason,
  words,
  since: new Date(now).toISOString(),
  ...answering(step, provider),
});

/**
 * The step with the time that it has under the brakes of its payer. The time to make an account does not run while one is
 * pulled, and is up only when it is up since the step was owed and since each brake was released: each of these times is
 * compared with the clock, and none with another, since they come from different streams.
 */
export function timedUnder(due: Owed, brakes: readonly Brake[]): Owed {
  const { step, since, deadline } = due;
  if (step !== 'CreateAccount' || deadline === undefined) return due;
  if (brakes.some(({ vending }) => vending === 'paused')) return { ...due, deadline: undefined };
  const patienceMs = Date.parse(deadline) - Date.parse(since);
  const released = brakes.flatMap(({ since: releasedAt }) => (releasedAt === undefined ? [] : Date.parse(releasedAt)));
  const last = Math.max(Date.parse(deadline), ...released.map((at) => at + patienceMs));
  return { ...due, deadline: new Date(last).toISOString() };
}

const mustAct = {
  customer: 'It goes on once you have acted and it is resumed.',
  operator: operatorInformed,
} as const;

/** The halt of a step that took too long, with the last call that failed where there was one. */
export function overdue(
  { step, deadline }: Owed,
  call: FailedCall | undefined,
  provider: Provider,
): ProvisioningHalted {
  const { whoMustAct } = stepTable[step];
  const said = call ? ` The last call was ${placeOf(call)}.` : '';
  return {
    type: 'ProvisioningHalted',
    step,
    reason: 'deadline-passed',
    whoMustAct,
    words: `This step was not done by ${deadline}, which is longer than it ever takes.${said} ${mustAct[whoMustAct]}`,
    ...(call ? { call } : {}),
    ...answering(step, provider),
  };
}

/** The call by its operation, with its service and region where they are known. */
const placeOf = ({ service, operation, region }: FailedCall): string =>
  [service, operation].filter(Boolean).join(' ') + (region ? ` in ${region}` : '');
