/** How many requests of one tenant are under way at once: what waits for a disk, for AWS or for a read model holds memory meanwhile. */
import type { ServerResponse } from 'node:http';
import { Problem } from './problems.js';
import { waitHeaders } from './rate-headers.js';

const retrySeconds = 1;

export class InFlight {
  readonly #counts = new Map<string, number>();
  readonly #leaving = new WeakMap<ServerResponse, () => void>();

  constructor(private readonly most: number) {}

  /** Counts a request until it is answered or its connection is gone; throws the problem `rate-limited` at one too many. */
  enter(tenant: string, raw: ServerResponse): void {
    const count = this.#counts.get(tenant) ?? 0;
    if (count >= this.most) throw tooMany(this.most);
    this.#counts.set(tenant, count + 1);
    const leave = (): void => {
      const left = (this.#counts.get(tenant) ?? 0) - 1;
      if (left > 0) this.#counts.set(tenant, left);
      else this.#counts.delete(tenant);
      this.#leaving.delete(raw);
      raw.off('close', leave);
    };
    this.#leaving.set(raw, leave);
    raw.on('close', leave);
  }

  /** A live connection is bounded otherwise, and has nothing under way once it is open. */
  leave(raw: ServerResponse): void {
    this.#leaving.get(raw)?.();
  }
}

function tooMany(most: number): Problem {
  const wrong = { field: 'request', problem: 'is one too many under way', allowed: `${most} at once` };
  const words = `Your organization has ${most} requests under way, and no more are served at once. Try again in a moment.`;
  return new Problem('rate-limited', words, [wrong], {}, waitHeaders(most, retrySeconds));
}
