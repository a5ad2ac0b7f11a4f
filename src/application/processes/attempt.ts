/** One attempt at one owed step: make it true in AWS with no transaction open, then record what came of it. */
import { vendingPayer } from '../../domain/payer.js';
import type { Owed } from '../../domain/provider/saga.js';
import type { Provider } from '../../domain/provider/stages.js';
import { facts } from '../error-text.js';
import type { Clock } from '../ports/clock.js';
import type { Attempt, Delayed, Ensures, StepResult } from '../ports/ensures.js';
import type { Log } from '../ports/log.js';
import { vendingOf } from '../provisioning/vending.js';
import { ensure } from '../provisioning/work.js';
import type { Streams } from '../streams/streams.js';
import { backOffMs } from './back-off.js';
import { delay, overdue, timed, unexplained } from './delays.js';
import { note, stopVending } from './outcomes.js';

export interface AttemptParts {
  readonly streams: Streams;
  readonly ensures: Ensures;
  readonly clock: Clock;
  readonly log: Log;
  /** A number in 0…1, for the jitter of waits. */
  readonly random: () => number;
}

/** What cannot be explained is told to the customer only once it has lasted. */
const failuresUntilTold = 3;

/** Tries once and answers with the milliseconds to wait before looking again; 0 when history moved on. */
export async function attemptStep(
  on: AttemptParts,
  providerId: string,
  owed: Owed,
  provider: Provider,
  tries: number,
  signal: AbortSignal,
): Promise<number> {
  const pause = backOffMs(tries, on.random);
  try {
    const payer = 'payerId' in provider ? await vendingOf(on.streams, provider.payerId) : vendingPayer;
    const due = timed(owed, payer);
    const attempt = { now: on.clock.now(), signal, tries };
    const pausedFor = payer.vending === 'paused' ? payer.reason : undefined;
    const result = await outcome(on, providerId, due, provider, attempt, pausedFor);
    if (result.kind === 'fact') return (await note(on, providerId, due, result.event)) ? 0 : pause;
    if (result.kind === 'payer-refused') return (await stopVending(on, providerId, due, result)) ? 0 : pause;
    if (signal.aborted) return pause;
    if (due.deadline && due.deadline <= new Date(on.clock.now()).toISOString())
      return (await note(on, providerId, due, overdue(due, result.call))) ? 0 : pause;
    if (result.kind === 'delayed') await tell(on, providerId, due, result, attempt);
    return result.retryAfterMs ?? pause;
  } catch (error) {
    on.log.error(
      { providerId, step: owed.step, ...facts(error) },
      'A step could not be looked at, or its outcome not be recorded; it is tried again.',
    );
    return pause;
  }
}

async function outcome(
  on: AttemptParts,
  providerId: string,
  { step }: Owed,
  provider: Provider,
  attempt: Attempt,
  pausedFor: string | undefined,
): Promise<StepResult> {
  try {
    return await ensure(on.ensures, step, providerId, provider, attempt, pausedFor);
  } catch (error) {
    const retryAfterMs = backOffMs(attempt.tries, on.random);
    if (attempt.signal.aborted) return { kind: 'later', retryAfterMs };
    on.log.error(
      { providerId, step, tries: attempt.tries, ...facts(error) },
      'A step failed in a way it has no name for; it is tried again.',
    );
    return attempt.tries + 1 < failuresUntilTold
      ? { kind: 'later', retryAfterMs }
      : { kind: 'delayed', ...unexplained, retryAfterMs };
  }
}

/** Says on record what stands in the way, and in the log which call failed: a warning where it is news or somebody must act. */
async function tell(on: AttemptParts, providerId: string, due: Owed, result: Delayed, attempt: Attempt): Promise<void> {
  const isNews = await note(on, providerId, due, delay(due, result, attempt.now));
  if (result.call) {
    const { operation, requestId, error } = result.call;
    const about = { providerId, step: due.step, reason: result.reason, tries: attempt.tries };
    const words = result.advice ?? 'A call failed that a step needs; it is tried again.';
    on.log[isNews || result.advice ? 'warn' : 'info']({ ...about, operation, requestId, error }, words);
  }
}
