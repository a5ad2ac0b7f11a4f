/**
 * Fair queueing of requests by tenant (round robin). All of them are served on one event loop, and Node hands over whatever has
 * come in before it looks again: without this, the one request of a tenant waits for every request that another has sent.
 */

/** How long a tenant may hold the loop in one turn of it before its other requests wait for the next. */
const sliceMs = 0.5;

/**
 * So many that wait are let in together, one of each tenant after the other: reads take about as long as a slice, and changes
 * that are let in together share one wait for the disk.
 */
const mostTogether = 16;

export class FairScheduler {
  /** When each tenant was let in first in this turn of the loop. */
  readonly #served = new Map<string, number>();
  /** What waits, by tenant; the tenant that comes next stands first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #scheduled = false;

  /**
   * Resolves when a request of this tenant may go on; `undefined` where it may at once, so that nobody waits for a promise
   * while there is nobody else. What is let in must not be long without asking again.
   */
  turn(tenant: string): Promise<void> | undefined {
    const waiting = this.#waiting.get(tenant);
    if (!waiting && this.#hasTime(tenant)) return undefined;
    return new Promise((resolve) => {
      if (waiting) waiting.push(resolve);
      else this.#waiting.set(tenant, [resolve]);
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
      if (letIn === mostTogether) break;
      this.#waiting.delete(tenant);
      const goOn = waiting.shift();
      if (waiting.length > 0) this.#waiting.set(tenant, waiting);
      this.#served.set(tenant, performance.now());
      goOn?.();
      letIn += 1;
    }
    if (letIn > 0) this.#schedule();
  }
}
