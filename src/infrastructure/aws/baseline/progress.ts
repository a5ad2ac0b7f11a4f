/** What the attempts at a step have done so far, so that its fact tells all of it and no trouble is awaited for ever. */
import type { Change } from '../../../domain/baseline/plan.js';
import { describe } from '../../../domain/baseline/plan.js';

/** The changes made since the step was last done, and the trouble that holds it up now. */
export class Progress {
  /** One line a change; a change that had to be made again is told once. */
  readonly #changes = new Set<string>();
  #trouble: { readonly code: string; readonly since: number } | undefined;

  get changes(): readonly string[] {
    return [...this.#changes];
  }

  /** Notes a change that was made. */
  made(change: Change): void {
    this.#changes.add(describe(change));
  }

  /** When the trouble with this code began, in milliseconds: now, unless it is the one that was met last. */
  troubledSince(code: string, now: number): number {
    if (this.#trouble?.code !== code) this.#trouble = { code, since: now };
    return this.#trouble.since;
  }
}
