/** The tasks under way: one for each step of each provider. */
import type { Step } from '../../domain/provider/steps.js';

export interface Task {
  readonly providerId: string;
  readonly step: Step;
  /** Aborts when there is news since the last look began, or the service stops: the next look then waits for nothing. */
  hurried: AbortController;
  tries: number;
  ended: Promise<void>;
}

export class Tasks {
  readonly #of = new Map<string, Map<Step, Task>>();

  all(): readonly Task[] {
    return [...this.#of.values()].flatMap((tasks) => [...tasks.values()]);
  }

  of(providerId: string): readonly Task[] {
    return [...(this.#of.get(providerId)?.values() ?? [])];
  }

  has(providerId: string, step: Step): boolean {
    return this.#of.get(providerId)?.has(step) ?? false;
  }

  holds(task: Task): boolean {
    return this.#of.get(task.providerId)?.get(task.step) === task;
  }

  add(task: Task): void {
    const tasks = this.#of.get(task.providerId) ?? new Map<Step, Task>();
    this.#of.set(task.providerId, tasks.set(task.step, task));
  }

  forget({ providerId, step }: Task): void {
    const tasks = this.#of.get(providerId);
    tasks?.delete(step);
    if (tasks?.size === 0) this.#of.delete(providerId);
  }
}
