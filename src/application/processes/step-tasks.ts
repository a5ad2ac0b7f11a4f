/** Tends owed steps: one task for each step of each provider, so that no step runs twice side by side. */

import pLimit from 'p-limit';
import { owed } from '../../domain/provider/saga.js';
import type { Step } from '../../domain/provider/steps.js';
import { facts } from '../error-text.js';
import { unusable } from '../quarantine/quarantine.js';
import { providers } from '../streams/aggregates.js';
import { type AttemptParts, attemptStep } from './attempt.js';
import { backOffMs } from './back-off.js';
import { type Task, Tasks } from './tasks.js';

export interface TendParts extends AttemptParts {
  /** How many attempts may run at once; as many again at SettleCredentials, which looks until the customer has come. */
  readonly atOnce: number;
}

export interface Tended {
  /** Begins to tend a step, unless it is tended already. */
  tend(providerId: string, step: Step): void;
  /** Looks at a provider's steps anew once the present looks have ended, without waiting, and forgets their back-off. */
  nudge(providerId: string): void;
  /** Resolves when every task has ended, after the signal aborted. */
  ended(): Promise<unknown>;
}

/** Makes the tasks' keeper; back-off lives here, in memory, and can be lost. */
export function openTended(on: TendParts, signal: AbortSignal): Tended {
  const [making, settling] = [pLimit(on.atOnce), pLimit(on.atOnce)];
  const tasks = new Tasks();
  // One listener for all of them: a signal looks through its listeners for each that comes or goes.
  signal.addEventListener('abort', () => {
    for (const { hurried } of tasks.all()) hurried.abort();
  });

  async function run(task: Task): Promise<void> {
    while (tasks.holds(task)) {
      const slots = task.step === 'SettleCredentials' ? settling : making;
      const waitMs = await slots(() => look(on, task, tasks, signal));
      task.tries = waitMs === 0 ? 0 : task.tries + 1;
      if (waitMs > 0) await on.clock.wait(waitMs, task.hurried.signal);
      if (task.hurried.signal.aborted) task.tries = 0;
    }
  }

  return {
    tend(providerId, step) {
      if (signal.aborted || tasks.has(providerId, step)) return;
      const task: Task = { providerId, step, hurried: new AbortController(), tries: 0, ended: Promise.resolve() };
      tasks.add(task);
      task.ended = run(task);
    },
    nudge(providerId) {
      for (const { hurried } of tasks.of(providerId)) hurried.abort();
    },
    ended: () => Promise.all(tasks.all().map(({ ended }) => ended)),
  };
}

/** Forgets the task in the same turn in which it sees that nothing is owed: a ring in between would be lost otherwise. */
async function look(on: TendParts, task: Task, tasks: Tasks, signal: AbortSignal): Promise<number> {
  const { providerId, step, tries } = task;
  task.hurried = new AbortController();
  try {
    const state = signal.aborted ? undefined : (await on.streams.load(providers, providerId)).state;
    const due = state && owed(state).find((o) => o.step === step);
    if (state && due) return await attemptStep(on, providerId, due, state, tries, signal);
  } catch (error) {
    if (!unusable(error)) return unread(on, task, error);
  }
  tasks.forget(task);
  return 0;
}

/** What stands in the way passes, unlike a stream that cannot be used: each visit says so of that one, and its task ends. */
function unread(on: TendParts, { providerId, step, tries }: Task, error: unknown): number {
  on.log.error({ providerId, step, tries, ...facts(error) }, 'A provider could not be read; it is tried again.');
  return backOffMs(tries, on.random);
}
