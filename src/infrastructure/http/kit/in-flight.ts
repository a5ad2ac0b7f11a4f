/** How many requests of one tenant are under way at once: what waits for a disk, for AWS or for a read model holds memory meanwhile. */
import type { ServerResponse } from 'node:http';
import type { Caller } from '../../../application/authorization/identity.js';
import { isGone, onGone } from './gone.js';
import { Problem } from './problems.js';
import { waitHeaders } from './rate-headers.js';
import { organizationOf, tenantOf } from './tenant.js';

const retrySeconds = 1;

export class InFlight {
  readonly #counts = new Map<string, number>();
  readonly #leaving = new WeakMap<ServerResponse, () => void>();

  constructor(private readonly most: number) {}

  /**
   * Counts a request until it is answered or its connection is gone; throws the problem `rate-limited` at one too many. Answers
   * `false`, and counts nothing, where the connection is gone already: nothing would ever tell of its end.
   */
  enter(caller: Caller, raw: ServerResponse): boolean {
    if (isGone(raw)) return false;
    const tenant = tenantOf(caller);
    const count = this.#counts.get(tenant) ?? 0;
    if (count >= this.most) throw tooMany(caller, this.most);
    this.#counts.set(tenant, count + 1);
    const stop = onGone(raw, () => this.leave(raw));
    this.#leaving.set(raw, () => {
      stop();
      this.#left(tenant);
    });
    return true;
  }

  /** A live connection is bounded otherwise, and has nothing under way once it is open. */
  leave(raw: ServerResponse): void {
    const leave = this.#leaving.get(raw);
    this.#leaving.delete(raw);
    leave?.();
  }

  #left(tenant: string): void {
    const left = (this.#counts.get(tenant) ?? 0) - 1;
    if (left > 0) this.#counts.set(tenant, left);
    else this.#counts.delete(tenant);
  }
}

function tooMany(caller: Caller, most: number): Problem {
  const wrong = { field: 'request', problem: 'is one too many under way', allowed: `${most} at once` };
  const who = organizationOf(caller) === undefined ? 'You have' : 'Your organization has';
  const words = `${who} ${most} requests under way, and no more are served at once. Try again in a moment.`;
  return new Problem('rate-limited', words, [wrong], {}, waitHeaders(most, retrySeconds));
}
