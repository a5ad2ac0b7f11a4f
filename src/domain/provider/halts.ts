/** A step that is held up: delayed for a reason, halted until a person has acted, and resumed. */
import { paceFrom } from './carry-over.js';
import type { ProviderEventOf, StepDelayed } from './events.js';
import { queuedAgain } from './new-account.js';
import { isBeingMade, isMoving, type Moving, type Provider } from './stages.js';
import { afterCredentials, type Step } from './steps.js';

type HaltEvent = ProviderEventOf<'StepDelayed' | 'ProvisioningHalted' | 'ProvisioningResumed'>;

/** The provider after a fact about what holds it up, or `undefined` when the fact does not fit. */
export function evolveHalt(provider: Provider, event: HaltEvent, at: string): Provider | undefined {
  switch (event.type) {
    case 'StepDelayed':
      return isMoving(provider) ? delayedFor(provider, event) : undefined;
    case 'ProvisioningHalted': {
      const { type, answers, ...halt } = event;
      return isMoving(provider) ? { stage: 'halted', halt: { ...halt, haltedAt: at }, from: provider } : undefined;
    }
    case 'ProvisioningResumed':
      return provider.stage === 'halted' ? resumed(provider.from, provider.halt.step, at) : undefined;
    default:
      return event satisfies never;
  }
}

/** A reason that a step has had within this time is not recorded again: two that take turns would add a fact for every try. */
const toldAgainMs = 3_600_000;

/** Whether this reason of a step is news. The time of a step before the credentials is bounded, and its every change is told. */
export function isNewReason({ delays, reasonsTold }: Moving, { step, reason, since }: StepDelayed): boolean {
  if (delays[step] === undefined || delays[step] === reason) return delays[step] === undefined;
  const told = reasonsTold?.[step]?.[reason];
  return told === undefined || Date.parse(since) - Date.parse(told) >= toldAgainMs;
}

/** A step that only a newer version knows is none of them. */
const mayWaitForEver = (step: Step): boolean => afterCredentials.some((each) => each === step);

function delayedFor(provider: Moving, { step, reason, since }: StepDelayed): Moving {
  const delays = { ...provider.delays, [step]: reason };
  if (!mayWaitForEver(step)) return { ...provider, delays };
  const { reasonsTold } = provider;
  return { ...provider, delays, reasonsTold: { ...reasonsTold, [step]: { ...reasonsTold?.[step], [reason]: since } } };
}

/** Deadlines count anew from the resume. A person has answered the request that failed, so a creation begins with a look for it. */
function resumed(halted: Moving, step: Step, at: string): Moving {
  if (step === 'CreateAccount' && isBeingMade(halted)) return queuedAgain(halted, at);
  return { ...halted, ...paceFrom(at) };
}
