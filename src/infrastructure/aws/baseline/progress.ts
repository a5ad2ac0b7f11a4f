/** What was done for a step so far: its fact tells all of it, nothing is done twice, no trouble is awaited for ever. */
import { type Change, describe } from '../../../domain/baseline/plan.js';
import { settlingMs } from './patience.js';

/** The changes made since the step was last done, and the trouble that holds it up now. Times are milliseconds. */
export class Progress {
  /** When each change was made, by its line; a change that had to be made again is told once. */
  readonly #made = new Map<string, number>();
  #trouble: { readonly code: string; readonly since: number } | undefined;

  get changes(): readonly string[] {
    return [...this.#made.keys()];
  }

  made(change: Change, now: number): void {
    this.#made.set(describe(change), now);
  }

  /** Whether the change was made so lately that AWS may not show it everywhere yet. */
  settling(change: Change, now: number): boolean {
    const madeAt = this.#made.get(describe(change));
    return madeAt !== undefined && now - madeAt < settlingMs;
  }

  /** When the trouble with this code began: now, unless it is the one that was met last. */
  troubledSince(code: string, now: number): number {
    if (this.#trouble?.code !== code) this.#trouble = { code, since: now };
    return this.#trouble.since;
  }
}
