/** A clock that stands still while anything happens, and then goes straight to the next moment that somebody waits for. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/application/ports/clock.js';
import { awaited } from './waiting.js';

interface Waiter {
  readonly at: number;
  readonly wake: () => void;
}

/** After so many turns of the event loop in which nothing moved, everything waits for the clock. */
const quietTurns = 4;

export class FakeClock implements Clock {
  readonly #waiters = new Set<Waiter>();
  #now: number;
  /** Grows with each wait that begins or ends. */
  #moves = 0;

  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  now = (): number => this.#now;

  /** It is later by so many milliseconds, and nobody is woken. */
  pass(ms: number): void {
    this.#now += ms;
  }

  wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = (): void => {
        this.#moves += 1;
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const waiter = { at: this.#now + ms, wake };
      this.#moves += 1;
      this.#waiters.add(waiter);
      signal.addEventListener('abort', wake);
    });

  /**
   * Lets time pass until the condition holds. `trace` is anything that changes while work is under way that no wait
   * shows. Throws when nobody waits for anything and the condition still does not hold.
   */
  async passUntil(done: () => boolean, trace: () => unknown): Promise<void> {
    await awaited(
      () => `${done} at ${new Date(this.#now).toISOString()} of the test's clock`,
      async (givenUp) => {
        while (!givenUp.aborted && !(await this.#step(done, trace)));
      },
    );
  }

  /** Answers whether it is done; if not, it is later now. */
  async #step(done: () => boolean, trace: () => unknown): Promise<boolean> {
    await this.#settle(trace);
    if (done()) return true;
    const next = Math.min(...[...this.#waiters].map(({ at }) => at));
    if (!Number.isFinite(next)) throw new Error('Nobody waits for anything, and it is not done.');
    this.#now = Math.max(this.#now, next);
    for (const waiter of [...this.#waiters]) if (waiter.at <= this.#now) waiter.wake();
    return false;
  }

  async #settle(trace: () => unknown): Promise<void> {
    let last = '';
    for (let quiet = 0; quiet < quietTurns; ) {
      await nextTurn();
      const now = `${this.#moves} ${trace()}`;
      quiet = now === last ? quiet + 1 : 0;
      last = now;
    }
  }
}
