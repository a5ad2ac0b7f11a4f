/** The answers a step can give, and the one place that says which of AWS's errors are patience and which are trouble. */
import { operatorInformed } from '../../../application/error-text.js';
import type { Delayed } from '../../../application/ports/attempts.js';
import type { Ensure, StepResult } from '../../../application/ports/ensures.js';
import { backOffMs } from '../../../application/processes/back-off.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import type { ProviderEvent, ProvisioningHalted } from '../../../domain/provider/events.js';
import type { Step } from '../../../domain/provider/steps.js';
import { byProvider } from './by-provider.js';
import { metBy, Resting, troubleOf } from './call-pace.js';
import { connectionAdvice } from './connection-failures.js';
import type { ErrorKind } from './errors.js';
import { placeWords } from './failed-call.js';
import { callOf } from './watched-calls.js';

export const fact = (event: ProviderEvent): StepResult => ({ kind: 'fact', event });
export const later = (retryAfterMs: number, call?: FailedCall): StepResult => ({
  kind: 'later',
  retryAfterMs,
  ...(call ? { call } : {}),
});
/** `call` is the call that failed, if one did. */
export const delayed = (reason: string, words: string, retryAfterMs: number, call?: FailedCall): Delayed => ({
  kind: 'delayed',
  reason,
  words,
  retryAfterMs,
  ...(call ? { call } : {}),
});

/** Stops a step until the operator has acted; `words` are for the customer, `call` for support. */
export const halted = (step: Step, reason: string, words: string, call?: FailedCall): StepResult =>
  fact(haltOf(step, reason, words, call));

export const haltOf = (step: Step, reason: string, words: string, call?: FailedCall): ProvisioningHalted => ({
  type: 'ProvisioningHalted',
  step,
  reason,
  whoMustAct: 'operator',
  words,
  ...(call ? { call } : {}),
});

const longestWaitMs = 60_000;

/** Milliseconds after so many tries: backs off from `firstMs` to a minute. */
export const waitMs = (tries: number, firstMs = 1_000): number =>
  backOffMs(tries, Math.random, { firstMs, longestMs: longestWaitMs });

export interface Patience {
  readonly reason: string;
  readonly words: string;
  /** For the operator, where somebody must act. */
  readonly advice?: string;
}

/** A fault of AWS. */
export const fault: Patience = {
  reason: 'aws-unavailable',
  words: 'AWS has a fault of its own. It is tried again by itself.',
};

/** What is said to the customer when a delay that passes by itself has lasted for a while. */
export const patience: Readonly<Record<ErrorKind, Patience | undefined>> = {
  throttled: {
    reason: 'aws-throttled',
    words: 'AWS limits how often we may ask at the moment. It is tried again by itself.',
  },
  unavailable: fault,
  unreachable: {
    reason: 'aws-unreachable',
    words: `No connection to AWS comes about at the moment. ${operatorInformed} It goes on by itself after that.`,
    advice: 'No connection to AWS comes about. Look at aws.endpoint, at the proxy and at the firewall.',
  },
  timeout: {
    reason: 'aws-slow',
    words: 'AWS takes longer than usual to answer. It is tried again by itself.',
  },
  race: {
    reason: 'aws-settling',
    words: 'AWS is still settling an earlier change of this account. It is tried again by itself.',
  },
  'young-account': {
    reason: 'young-account',
    words: 'AWS is still switching on the services of the new account. It is tried again by itself.',
  },
  'own-credentials': {
    reason: 'no-aws-credentials',
    words: `This service cannot sign in to AWS at the moment. ${operatorInformed} It goes on by itself after that.`,
    advice:
      'This service has no valid AWS credentials of its own, so it asks AWS for nothing. ' +
      'Look at where the SDK finds them (environment, profile, role of the machine); a restart reads them anew.',
  },
  'set-up': {
    reason: 'aws-set-up',
    words: `AWS does not serve this service's own account or a payer of the reseller at the moment. ${operatorInformed} It goes on by itself after that.`,
    advice:
      'AWS does not serve our own account or a payer, in the region that the error names. Look there at whether the ' +
      'service or its region is switched on (STS: account settings of IAM), at the account itself, and at the clock here.',
  },
  denied: undefined,
  'not-served': undefined,
  closed: undefined,
  suspended: undefined,
  'name-taken': undefined,
  other: undefined,
};

/** A delay is told once it has outlived so many tries. */
export const triesUntilTold = 3;

/**
 * Runs an ensure so that what passes by itself becomes a wait; every other error is thrown on. Only tries that fail one
 * after the other make the wait longer: a step may have been looked at for hours before its first call fails.
 */
export function patiently<W extends { readonly providerId: string }>(ensure: Ensure<W>): Ensure<W> {
  const failures = byProvider<number>();
  return async (work, attempt) => {
    const failed = attempt.tries === 0 ? 0 : (failures.get(work.providerId) ?? 0);
    try {
      const result = await ensure(work, attempt);
      failures.delete(work.providerId);
      return result;
    } catch (error) {
      const known = patience[troubleOf(error)];
      if (attempt.signal.aborted || !known) throw error;
      failures.set(work.providerId, failed + 1);
      return waitOut(error, known, failed);
    }
  };
}

function waitOut(error: unknown, { reason, words, advice }: Patience, failed: number): StepResult {
  const pause = error instanceof Resting ? error.restMs + waitMs(0) : waitMs(failed);
  const call = callOf(error);
  if (failed < triesUntilTold) return later(pause, call);
  const act = advice && (connectionAdvice(metBy(error)) ?? advice);
  return { ...delayed(reason, named(words, call), pause, call), ...(act ? { advice: act } : {}) };
}

/** The words with the call that failed: by it a reader tells one cause from the next while the reason stays. */
export const named = (words: string, call: FailedCall | undefined): string =>
  call ? `${words} The call was ${placeWords(call)}.` : words;
