/** One attempt at one owed step: make it true in AWS with no transaction open, then record what came of it. */
import type { ProviderEvent } from '../../domain/provider/events.js';
import { type Owed, record } from '../../domain/provider/saga.js';
import type { Provider } from '../../domain/provider/stages.js';
import { providers } from '../aggregates.js';
import { sagaCause } from '../causes.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { Attempt, Ensures, StepResult } from '../steps.js';
import type { Streams } from '../streams.js';
import { backOffMs } from './back-off.js';
import { ensure } from './work.js';

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
  due: Owed,
  provider: Provider,
  tries: number,
  signal: AbortSignal,
): Promise<number> {
  const pause = backOffMs(tries, on.random);
  try {
    const now = on.clock.now();
    const result = await outcome(on, providerId, due, provider, { now, signal, tries });
    if (signal.aborted && result.kind !== 'fact') return pause;
    if (result.kind === 'fact') return (await note(on, providerId, due, result.event)) ? 0 : pause;
    if (due.deadline && due.deadline <= new Date(on.clock.now()).toISOString())
      return (await note(on, providerId, due, overdue(due))) ? 0 : pause;
    if (result.kind === 'delayed') await note(on, providerId, due, delay(due, result, now));
    return result.retryAfterMs ?? pause;
  } catch (error) {
    on.log.error(
      { providerId, step: due.step, ...facts(error) },
      'The outcome of a step could not be recorded; it is tried again.',
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
): Promise<StepResult> {
  try {
    return await ensure(on.ensures, step, providerId, provider, attempt);
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

const unexplained = {
  reason: 'unexpected',
  words: 'Something unexpected stands in the way. It is tried again by itself, and the operator can see why.',
};

/** Name and words of an error, never its members: they may hold what was sent. */
const facts = (error: unknown) =>
  error instanceof Error ? { error: error.name, words: error.message } : { error: String(error) };

const delay = ({ step }: Owed, { reason, words }: { reason: string; words: string }, now: number): ProviderEvent => ({
  type: 'StepDelayed',
  step,
  reason,
  words,
  since: new Date(now).toISOString(),
});

const overdue = ({ step, deadline }: Owed): ProviderEvent => ({
  type: 'ProvisioningHalted',
  step,
  reason: 'deadline-passed',
  whoMustAct: 'operator',
  words: `This step was not done by ${deadline}, which is longer than it ever takes. The operator has been told; you need do nothing.`,
});

/** Records an outcome while its step is owed; answers whether history moved. */
async function note(
  { streams, log }: AttemptParts,
  providerId: string,
  { step }: Owed,
  event: ProviderEvent,
): Promise<boolean> {
  const cause = sagaCause(providerId, step, event.type);
  const { recorded } = await streams.change(providers, providerId, cause, (state) => record(step, event, state));
  for (const { event: fact } of recorded) log.info({ providerId, step, fact: fact.type }, 'A fact was recorded.');
  return recorded.length > 0;
}
