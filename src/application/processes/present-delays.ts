/** What stands in the way of steps at present, and how often they were tried: history holds only when a reason changed, so that it stays short. */
import { LRUCache } from 'lru-cache';
import type { Delayed } from '../ports/attempts.js';
import type { PresentDelay, PresentDelaysRead } from '../ports/present-delays.js';

const delaysRemembered = 10_000;

/** It lives in memory and can be lost: the next attempt says it again. */
export class PresentDelays implements PresentDelaysRead {
  readonly #of = new LRUCache<string, PresentDelay>({ max: delaysRemembered });
  readonly #tries = new LRUCache<string, number>({ max: delaysRemembered });

  keep(id: string, step: string, { reason, words, call }: Delayed): void {
    this.#of.set(`${id} ${step}`, { reason, words, call });
  }

  of(id: string, step: string): PresentDelay | undefined {
    return this.#of.get(`${id} ${step}`);
  }

  /** One more attempt begins. */
  tried(id: string, step: string): void {
    this.#tries.set(`${id} ${step}`, (this.tries(id, step) ?? 0) + 1);
  }

  tries(id: string, step: string): number | undefined {
    return this.#tries.get(`${id} ${step}`);
  }
}
