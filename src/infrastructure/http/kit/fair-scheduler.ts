/**
 * Fair queueing of requests by tenant (round robin). All of them are served on one event loop, and Node hands over whatever has
 * come in before it looks again: without this, the one request of a tenant waits for every request that another has sent.
 */

/** How long a tenant may hold the loop in one turn of it before its other requests wait for the next. */
const sliceMs = 0.5;

/**
 * What is let in together in one turn of the loop weighs so much at most: sixteen changes, which share one wait for the disk,
 * four reads, which take about as long as a slice, or one page of a long read.
 */
const heaviest = 16;
const weights = { change: 1, read: 4, page: 16 } as const;

interface Waiting {
  readonly goOn: () => void;
  readonly weight: number;
}

export class FairScheduler {
  /** When each tenant was let in first in this turn of the loop. */
  readonly #served = new Map<string, number>();
  /** What waits, by tenant; the tenant that comes next stands first. */
  readonly #waiting = new Map<string, Waiting[]>();
  #scheduled = false;

  /**
   * Resolves when a request of this tenant may go on; `undefined` where it may at once, so that nobody waits for a promise
   * while there is nobody else. What is let in must not be long without asking again.
   */
  turn(tenant: string, what: keyof typeof weights): Promise<void> | undefined {
    const waiting = this.#waiting.get(tenant);
    if (!waiting && this.#hasTime(tenant)) return undefined;
    return new Promise((goOn) => {
      const one = { goOn, weight: weights[what] };
      if (waiting) waiting.push(one);
      else this.#waiting.set(tenant, [one]);
      this.#schedule();
    });
  }

  /** How many requests wait. */
  get waiting(): number {
    let count = 0;
    for (const { length } of this.#waiting.values()) count += length;
    return count;
  }

  #hasTime(tenant: string): boolean {
    const now = performance.now();
    const since = this.#served.get(tenant);
    if (since !== undefined) return now - since < sliceMs;
    this.#served.set(tenant, now);
    this.#schedule();
    return true;
  }

  /** Node runs this after it has handed over what came in, and looks for more before it runs the next. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#scheduled = false;
    this.#served.clear();
    let letIn = 0;
    // A tenant of whom more waits is put behind the others, where this comes to it again.
    for (const [tenant, waiting] of this.#waiting) {
      const [next] = waiting;
      if (!next || (letIn > 0 && letIn + next.weight > heaviest)) break;
      this.#waiting.delete(tenant);
      waiting.shift();
      if (waiting.length > 0) this.#waiting.set(tenant, waiting);
      this.#served.set(tenant, performance.now());
      next.goOn();
      letIn += next.weight;
    }
    if (letIn > 0) this.#schedule();
  }
}
