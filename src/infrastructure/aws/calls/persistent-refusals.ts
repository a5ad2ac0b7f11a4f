/** What does not pass by itself must not wait for a step's deadline: a refusal that lasts becomes a halt with a name. */
import { operatorInformed } from '../../../application/error-text.js';
import type { AwsStep, Ensure, StepResult } from '../../../application/ports/ensures.js';
import { accountEnds } from '../../../domain/provider/account-state.js';
import { isAfterCredentials } from '../../../domain/provider/steps.js';
import { byProvider } from './by-provider.js';
import { classify, type ErrorKind } from './errors.js';
import { endedBy } from './explained-error.js';
import { nameTakenWords } from './name-taken.js';
import { stopsVending } from './payer-refused.js';
import { delayed, fact, haltOf, later, named, waitMs } from './step-results.js';
import { callOf, payerOf } from './watched-calls.js';

export interface Persistence {
  /** How long it is tried again before it halts. */
  readonly patienceMs: number;
  readonly reason: string;
  readonly words: string;
}

const minuteMs = 60_000;
const atOnce = 0;

/** By the kind of error; a kind that is not here passes by itself and is waited out until the step's deadline. */
export const persistent: Readonly<Partial<Record<ErrorKind, Persistence>>> = {
  denied: {
    patienceMs: 5 * minuteMs,
    reason: 'access-denied',
    words: 'AWS does not allow this service what the step needs.',
  },
  'not-served': {
    patienceMs: 5 * minuteMs,
    reason: 'account-not-served',
    words: 'AWS does not serve the account, although it is not new: a service or its region is switched off there.',
  },
  closed: { patienceMs: atOnce, reason: 'account-closed', words: accountEnds.CLOSED.words },
  suspended: { patienceMs: atOnce, reason: 'account-suspended', words: accountEnds.SUSPENDED.words },
  'name-taken': {
    patienceMs: atOnce,
    reason: 'name-taken',
    words: 'Something else in the account bears the name of what this step makes.',
  },
  other: {
    patienceMs: 5 * minuteMs,
    reason: 'aws-refused',
    words: 'AWS refuses what the step needs, for a reason that does not pass by itself.',
  },
};

/** Which of them concern the payer, by step: what lasts there would bring everybody who comes after to a halt. */
const ofThePayer: Readonly<Partial<Record<AwsStep, readonly ErrorKind[]>>> = {
  CreateAccount: ['denied', 'other'],
  LinkPayer: ['denied'],
};

/** For an error that no call to AWS has ended in, such as a payer that is not configured any more. */
export const unforeseen: Persistence = {
  patienceMs: 15 * minuteMs,
  reason: 'unexpected',
  words: 'Something unexpected stands in the way of this step.',
};

interface Trouble {
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** How many tries it has ended by now. */
  readonly times: number;
}

/** What may be gone at the next try is not told at once. */
const triesUntilTold = 2;

/**
 * The ensure of a step that halts by name what lasts; the clock is the attempt's own. A restart begins to count anew.
 * An error that passes by itself is thrown on. What concerns the payer pauses vending there as well.
 */
export function persistently<W extends { readonly providerId: string }>(step: AwsStep, ensure: Ensure<W>): Ensure<W> {
  const troubles = byProvider<Trouble>();
  return async (work, attempt) => {
    try {
      const result = await ensure(work, attempt);
      troubles.delete(work.providerId);
      return result;
    } catch (error) {
      const known = callOf(error) ? persistent[classify(error).kind] : unforeseen;
      if (attempt.signal.aborted || !known) throw error;
      const before = troubles.get(work.providerId);
      const { since, times } = before?.reason === known.reason ? before : { since: attempt.now, times: 0 };
      troubles.set(work.providerId, { reason: known.reason, since, times: times + 1 });
      if (attempt.now - since < known.patienceMs) return again(error, known, times);
      troubles.delete(work.providerId);
      return stop(step, error, known, attempt.now);
    }
  };
}

/** Halts the step, and stops the payer where the trouble is the payer's. */
function stop(step: AwsStep, error: unknown, { reason, words }: Persistence, now: number): StepResult {
  const state = endedBy(error);
  // The provider is active: that is how it stands, and no step of its making that a person could resume.
  if ((step === 'SettleCredentials' || isAfterCredentials(step)) && state)
    return fact({ type: 'AccountStateObserved', state });
  const call = callOf(error);
  const { kind } = classify(error);
  const said = named(nameTakenWords(error) ?? words, call);
  const halt = haltOf(step, reason, `${said} ${operatorInformed}`, call);
  // The payer that was asked, which may be a former one that denies a look-up. The creation may have been asked for
  // before, so the provider halts and does not go to another payer.
  const payerId = ofThePayer[step]?.includes(kind) ? payerOf(error) : undefined;
  return call && payerId ? stopsVending(payerId, said, halt, call, now) : fact(halt);
}

/** What has no name of its own is thrown on for the log; what AWS refuses is told with its call. */
function again(error: unknown, { reason, words }: Persistence, times: number): StepResult {
  const call = callOf(error);
  if (!call) throw error;
  const wait = waitMs(times);
  return times < triesUntilTold
    ? later(wait, call)
    : delayed(reason, `${named(words, call)} It is tried again for a while.`, wait, call);
}
