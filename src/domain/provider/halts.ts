/** A step that is held up: delayed for a reason, halted until a person has acted, and resumed. */
import { paceFrom } from './carry-over.js';
import type { ProviderEventOf } from './events.js';
import { queuedAgain } from './new-account.js';
import { isBeingMade, isMoving, type Moving, type Provider } from './stages.js';
import type { Step } from './steps.js';

type HaltEvent = ProviderEventOf<'StepDelayed' | 'ProvisioningHalted' | 'ProvisioningResumed'>;

/** The provider after a fact about what holds it up, or `undefined` when the fact does not fit. */
export function evolveHalt(provider: Provider, event: HaltEvent, at: string): Provider | undefined {
  switch (event.type) {
    case 'StepDelayed': {
      const { step, reason } = event;
      return isMoving(provider) ? { ...provider, delays: { ...provider.delays, [step]: reason } } : undefined;
    }
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

/** Deadlines count anew from the resume. A person has answered the request that failed, so a creation begins with a look for it. */
function resumed(halted: Moving, step: Step, at: string): Moving {
  if (step === 'CreateAccount' && isBeingMade(halted)) return queuedAgain(halted, at);
  return { ...halted, ...paceFrom(at) };
}
