/** One attempt at one owed step: make it true with no transaction open, then record what came of it. */
import type { DomainEvent } from '../../domain/events.js';
import { facts } from '../error-text.js';
import type { Attempt, Delayed } from '../ports/attempts.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { Metrics } from '../ports/metrics.js';
import type { Streams } from '../streams/streams.js';
import { backOffMs } from './back-off.js';
import { observedTry } from './observed-try.js';
import type { PresentDelays } from './present-delays.js';
import type { Outcome, Owed, Process } from './process.js';
import { recordOutcome } from './record-outcome.js';

export interface AttemptParts {
  readonly streams: Streams;
  readonly clock: Clock;
  readonly log: Log;
  /** A number in 0…1, for the jitter of waits. */
  readonly random: () => number;
  /** Whether this process is the one that acts now: asked before each attempt, and before what came of it is acted on. */
  readonly mayAct: () => boolean;
  readonly presentDelays: PresentDelays;
  /** Hears how each try ended and how long it took; absent: nobody measures. */
  readonly metrics?: Pick<Metrics, 'measure'>;
}

/** A step that is owed to one stream, as its history stands. */
export interface OwedTo<S, Step extends string> {
  readonly id: string;
  readonly state: S;
  readonly owed: Owed<Step>;
}

/** What cannot be explained is told to the customer only once it has lasted. */
const failuresUntilTold = 3;

/** Said of an error that nobody has foreseen. */
const unexplained = {
  reason: 'unexpected',
  words: 'Something unexpected stands in the way. It is tried again by itself, and the operator can see why.',
};

/** Tries once and answers with the milliseconds to wait before looking again; 0 when history moved on. */
export async function attemptStep<S, E extends DomainEvent, Step extends string>(
  on: AttemptParts,
  process: Process<S, E, Step>,
  to: OwedTo<S, Step>,
  attempt: Attempt,
): Promise<number> {
  const { id, state, owed } = to;
  const pause = backOffMs(attempt.tries, on.random);
  if (!on.mayAct()) return pause;
  try {
    const due = await process.timed(owed, state);
    const result = await outcome(on, process, to, attempt);
    if (!on.mayAct()) return pause;
    if (result.kind === 'fact') {
      await result.first?.();
      return (await recordOutcome(on, process, id, due.step, result.event)) ? 0 : pause;
    }
    if (attempt.signal.aborted) return pause;
    if (due.deadline && due.deadline <= new Date(on.clock.now()).toISOString())
      return (await recordOutcome(on, process, id, due.step, process.overdue(due, result.call, state))) ? 0 : pause;
    if (result.kind === 'delayed') await tell(on, process, to, result, attempt);
    return result.retryAfterMs ?? pause;
  } catch (error) {
    on.log.error(
      { id, step: owed.step, ...facts(error) },
      'A step could not be looked at, or its outcome not be recorded; it is tried again.',
    );
    return pause;
  }
}

async function outcome<S, E extends DomainEvent, Step extends string>(
  on: AttemptParts,
  process: Process<S, E, Step>,
  { id, state, owed: { step } }: OwedTo<S, Step>,
  attempt: Attempt,
): Promise<Outcome<E>> {
  try {
    return await observedTry(on.metrics, step, attempt, () => process.ensure(step, id, state, attempt));
  } catch (error) {
    const retryAfterMs = backOffMs(attempt.tries, on.random);
    if (attempt.signal.aborted) return { kind: 'later', retryAfterMs };
    on.log.error(
      { id, step, tries: attempt.tries, ...facts(error) },
      'A step failed in a way it has no name for; it is tried again.',
    );
    return attempt.tries + 1 < failuresUntilTold
      ? { kind: 'later', retryAfterMs }
      : { kind: 'delayed', ...unexplained, retryAfterMs };
  }
}

/** Says what stands in the way: on record where its reason is news, at present in any case; and in the log which call failed. */
async function tell<S, E extends DomainEvent, Step extends string>(
  on: AttemptParts,
  process: Process<S, E, Step>,
  { id, state, owed: { step } }: OwedTo<S, Step>,
  result: Delayed,
  { now, tries }: Attempt,
): Promise<void> {
  on.presentDelays.keep(id, step, result);
  const isNews = await recordOutcome(on, process, id, step, process.delayed(step, result, now, state));
  if (result.call) {
    const { body, ...call } = result.call;
    const words = result.advice ?? 'A call failed that a step needs; it is tried again.';
    on.log[isNews || result.advice ? 'warn' : 'info']({ id, step, reason: result.reason, tries, ...call }, words);
  }
}
