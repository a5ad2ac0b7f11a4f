/** Streams that are to be woken up, one after the other; asked for twice before the wake-up is one wake-up. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WakeSignal } from './wake-signal.js';

/** A wake-up may never leave the present turn of the event loop, and everything else waits for the next. */
const wakeUpsATurn = 100;

export class WakeUps {
  readonly #signal = new WakeSignal();
  readonly #asked = new Set<string>();

  /** `wakeUp` must not throw. */
  constructor(private readonly wakeUp: (id: string) => Promise<void>) {}

  ask(id: string): void {
    this.#asked.add(id);
    this.#signal.give();
  }

  /** Wakes up whoever is asked for, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#round(signal);
      if (this.#asked.size === 0) await this.#signal.heard(signal);
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    let done = 0;
    for (const id of this.#asked) {
      if (signal.aborted) return;
      this.#asked.delete(id);
      await this.wakeUp(id);
      if (++done % wakeUpsATurn === 0) await nextTurn();
    }
  }
}
