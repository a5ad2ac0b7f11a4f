/** Providers that were rung for, visited one after the other; rung twice before the visit is one visit. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WakeSignal } from './wake-signal.js';

/** A visit may never leave the present turn of the event loop, and everything else waits for the next. */
const visitsATurn = 100;

export class WakeUps {
  readonly #bell = new WakeSignal();
  readonly #rung = new Set<string>();

  /** `visit` must not throw. */
  constructor(private readonly visit: (providerId: string) => Promise<void>) {}

  ring(providerId: string): void {
    this.#rung.add(providerId);
    this.#bell.ring();
  }

  /** WakeUps whoever is rung for, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#round(signal);
      if (this.#rung.size === 0) await this.#bell.heard(signal);
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    let visited = 0;
    for (const providerId of this.#rung) {
      if (signal.aborted) return;
      this.#rung.delete(providerId);
      await this.visit(providerId);
      if (++visited % visitsATurn === 0) await nextTurn();
    }
  }
}
