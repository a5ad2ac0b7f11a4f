/** A clock on which time runs many times as fast, for what waits for seconds beside real files and connections. */
import { type Clock, systemClock } from '../../src/application/ports/clock.js';

export class FastClock implements Clock {
  readonly #startedAt = Date.now();
  #passed = 0;

  constructor(private readonly times = 100) {}

  now = (): number => this.#startedAt + this.#passed + (Date.now() - this.#startedAt) * this.times;

  wait = (ms: number, signal: AbortSignal): Promise<void> => systemClock.wait(ms / this.times, signal);

  /** It is later by so many milliseconds. */
  pass(ms: number): void {
    this.#passed += ms;
  }
}
