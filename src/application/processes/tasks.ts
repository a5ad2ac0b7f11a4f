/** The tasks under way: one for each step of each stream. */

export interface Task<Step extends string> {
  readonly id: string;
  readonly step: Step;
  /** Aborts when there is news since the last look began, or the service stops: the next look then waits for nothing. */
  hurried: AbortController;
  /** Whether somebody asked for the next look at once. */
  urgent: boolean;
  /** Whether it waits for the semaphore. */
  queued: boolean;
  /** ISO time since when the step was owed at the last look, once there was one. */
  since: string | undefined;
  tries: number;
  ended: Promise<void>;
}

export const taskOf = <Step extends string>(id: string, step: Step, urgent: boolean): Task<Step> => ({
  ...{ id, step, urgent },
  ...{ hurried: new AbortController(), queued: false, since: undefined, tries: 0, ended: Promise.resolve() },
});

export class Tasks<Step extends string> {
  readonly #of = new Map<string, Map<Step, Task<Step>>>();

  all(): readonly Task<Step>[] {
    return [...this.#of.values()].flatMap((tasks) => [...tasks.values()]);
  }

  of(id: string): readonly Task<Step>[] {
    return [...(this.#of.get(id)?.values() ?? [])];
  }

  has(id: string, step: Step): boolean {
    return this.#of.get(id)?.has(step) ?? false;
  }

  hasAny(id: string): boolean {
    return this.#of.has(id);
  }

  holds(task: Task<Step>): boolean {
    return this.#of.get(task.id)?.get(task.step) === task;
  }

  add(task: Task<Step>): void {
    const tasks = this.#of.get(task.id) ?? new Map<Step, Task<Step>>();
    this.#of.set(task.id, tasks.set(task.step, task));
  }

  forget({ id, step }: Task<Step>): void {
    const tasks = this.#of.get(id);
    tasks?.delete(step);
    if (tasks?.size === 0) this.#of.delete(id);
  }
}
