/** Works on owed steps: one task for each step of each stream, so that no step runs twice side by side. */
import { LRUCache } from 'lru-cache';
import pLimit, { type LimitFunction } from 'p-limit';
import type { DomainEvent } from '../../domain/events.js';
import { facts } from '../error-text.js';
import { unusable } from '../streams/quarantined.js';
import { type AttemptParts, attemptStep } from './attempt.js';
import { backOffMs } from './back-off.js';
import type { Process } from './process.js';
import { type Task, Tasks, taskOf } from './tasks.js';
import { Watching } from './watch.js';

export interface StepTaskParts extends AttemptParts {
  /** How many attempts may run at once; as many again at the step that only watches. */
  readonly atOnce: number;
}

const nudgesRemembered = 10_000;

/** The tasks of one process. Back-off lives here, in memory, and can be lost. */
export class StepTasks<S, E extends DomainEvent, Step extends string> {
  readonly #tasks = new Tasks<Step>();
  readonly #nudges = new LRUCache<string, number>({ max: nudgesRemembered });
  readonly #doing: LimitFunction;
  readonly #watching: Watching;

  constructor(
    private readonly on: StepTaskParts,
    private readonly process: Process<S, E, Step>,
    private readonly signal: AbortSignal,
  ) {
    this.#doing = pLimit(on.atOnce);
    this.#watching = new Watching(on, process.watch);
    // One listener for all of them: a signal looks through its listeners for each that comes or goes.
    signal.addEventListener('abort', () => {
      for (const { hurried } of this.#tasks.all()) hurried.abort();
    });
  }

  /** Begins to work on a step, unless it is worked on already. */
  begin(id: string, step: Step): void {
    this.#begin(id, step);
  }

  /** Looks from time to time at a stream that has been owed nothing but a look since an ISO time. */
  watch(id: string, since: string): void {
    const { watch } = this.process;
    const firstWaitMs = this.#watching.due(id, since);
    if (watch && firstWaitMs !== undefined) this.#begin(id, watch.step, false, firstWaitMs);
  }

  /** Whether anything of this stream is worked on. */
  attends(id: string): boolean {
    return this.#tasks.hasAny(id);
  }

  /** Looks at the steps of a stream at once, or once the present looks have ended, and forgets their back-off. */
  nudge(id: string): void {
    this.#nudges.set(id, this.on.clock.now());
    this.#watching.wake(id);
    for (const task of this.#tasks.of(id)) {
      task.hurried.abort();
      if (!task.queued) continue;
      // Those that wait before it may take long.
      this.#tasks.forget(task);
      this.#begin(id, task.step, true);
    }
  }

  /** Resolves when every task has ended, after the signal aborted. */
  ended(): Promise<unknown> {
    return Promise.all(this.#tasks.all().map(({ ended }) => ended));
  }

  #begin(id: string, step: Step, urgent = false, firstWaitMs?: number): void {
    if (this.signal.aborted || this.#tasks.has(id, step)) return;
    this.#watching.wake(id);
    const task = taskOf(id, step, urgent);
    this.#tasks.add(task);
    task.ended = this.#run(task, firstWaitMs);
  }

  /** `firstWaitMs` is the time until the first look, where its moment is taken already. */
  async #run(task: Task<Step>, firstWaitMs: number | undefined): Promise<void> {
    const watched = this.#watching.isFor(task.step);
    for (let turnMs = firstWaitMs; this.#tasks.holds(task); turnMs = undefined) {
      if (watched && !task.urgent) await this.#rest(task, turnMs ?? this.#watching.turnMs());
      task.queued = true;
      const semaphore = watched && !task.urgent ? this.#watching.semaphore : this.#doing;
      const waitMs = await semaphore(() => (this.#tasks.holds(task) ? this.#look(task) : 0));
      task.tries = waitMs === 0 ? 0 : task.tries + 1;
      if (watched && this.#tasks.holds(task) && this.#sleeps(task, waitMs)) return;
      await this.#rest(task, waitMs);
    }
  }

  async #rest(task: Task<Step>, ms: number): Promise<void> {
    if (ms > 0) await this.on.clock.wait(ms, task.hurried.signal);
    if (!task.hurried.signal.aborted) return;
    task.tries = 0;
    task.urgent = true;
  }

  #sleeps(task: Task<Step>, waitMs: number): boolean {
    const { id, since, hurried } = task;
    if (hurried.signal.aborted || since === undefined || !this.#watching.sleeps(id, since, waitMs)) return false;
    this.#tasks.forget(task);
    return true;
  }

  /** Forgets the task in the same turn in which it sees that nothing is owed: a wake-up in between would be lost otherwise. */
  async #look(task: Task<Step>): Promise<number> {
    const { on, process, signal } = this;
    const { id, step, tries } = task;
    Object.assign(task, { hurried: new AbortController(), urgent: false, queued: false });
    try {
      const state = signal.aborted ? undefined : (await on.streams.load(process.aggregate, id)).state;
      const all = state === undefined ? [] : process.owed(state);
      const owed = all.find((each) => each.step === step);
      if (state !== undefined && owed) {
        task.since = owed.since;
        for (const other of all) this.#begin(id, other.step);
        const nudgedAt = this.#nudges.get(id);
        const attempt = { now: on.clock.now(), signal, tries, ...(nudgedAt !== undefined && { nudgedAt }) };
        return await attemptStep(on, process, { id, state, owed }, attempt);
      }
    } catch (error) {
      if (!unusable(error)) return unread(on, task, error);
    }
    this.#tasks.forget(task);
    return 0;
  }
}

/** What stands in the way passes, unlike a stream that cannot be used: each wake-up says so of that one, and its task ends. */
function unread(on: StepTaskParts, { id, step, tries }: Task<string>, error: unknown): number {
  on.log.error({ id, step, tries, ...facts(error) }, 'A stream could not be read; it is tried again.');
  return backOffMs(tries, on.random);
}
