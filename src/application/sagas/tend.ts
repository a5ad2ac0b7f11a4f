/** Tends owed steps: one task for each step of each provider, so that no step runs twice side by side. */
import { owed } from '../../domain/provider/saga.js';
import type { Step } from '../../domain/provider/steps.js';
import { providers } from '../aggregates.js';
import { type AttemptParts, attemptStep } from './attempt.js';
import { Slots } from './slots.js';

export interface TendParts extends AttemptParts {
  /** How many attempts may run at once. */
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

interface Task {
  /** Aborts when there is news since the last look began, or the service stops: the next look then waits for nothing. */
  hurried: AbortController;
  tries: number;
  ended: Promise<void>;
}

/** Makes the tasks' keeper; back-off lives here, in memory, and can be lost. */
export function openTended(on: TendParts, signal: AbortSignal): Tended {
  const slots = new Slots(on.atOnce);
  const tasks = new Map<string, Map<Step, Task>>();
  const all = (): Task[] => [...tasks.values()].flatMap((mine) => [...mine.values()]);
  // One listener for all of them: a signal looks through its listeners for each that comes or goes.
  signal.addEventListener('abort', () => {
    for (const { hurried } of all()) hurried.abort();
  });

  async function run(providerId: string, step: Step, task: Task): Promise<void> {
    while (tasks.get(providerId)?.get(step) === task) {
      const waitMs = await slots.run(() => look(providerId, step, task));
      task.tries = waitMs === 0 ? 0 : task.tries + 1;
      if (waitMs > 0) await on.clock.wait(waitMs, task.hurried.signal);
      if (task.hurried.signal.aborted) task.tries = 0;
    }
  }

  /** Forgets the task in the same turn in which it sees that nothing is owed: a ring in between would be lost otherwise. */
  async function look(providerId: string, step: Step, task: Task): Promise<number> {
    task.hurried = new AbortController();
    const loaded = signal.aborted ? undefined : await on.streams.load(providers, providerId).catch(() => undefined);
    const due = loaded && owed(loaded.state).find((o) => o.step === step);
    if (loaded && due) return attemptStep(on, providerId, due, loaded.state, task.tries, signal);
    forget(providerId, step);
    return 0;
  }

  function tend(providerId: string, step: Step): void {
    const mine = tasks.get(providerId) ?? new Map<Step, Task>();
    if (signal.aborted || mine.has(step)) return;
    const task: Task = { hurried: new AbortController(), tries: 0, ended: Promise.resolve() };
    tasks.set(providerId, mine.set(step, task));
    task.ended = run(providerId, step, task);
  }

  function forget(providerId: string, step: Step): void {
    const mine = tasks.get(providerId);
    mine?.delete(step);
    if (mine?.size === 0) tasks.delete(providerId);
  }

  return {
    tend,
    nudge(providerId: string): void {
      for (const task of tasks.get(providerId)?.values() ?? []) task.hurried.abort();
    },
    ended: () => Promise.all(all().map((task) => task.ended)),
  };
}
