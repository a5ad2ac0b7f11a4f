/** Providers that were rung for, visited one after the other; rung twice before the visit is one visit. */
import { Bell } from './bell.js';

export class Visits {
  readonly #bell = new Bell();
  readonly #rung = new Set<string>();

  /** `visit` must not throw. */
  constructor(private readonly visit: (providerId: string) => Promise<void>) {}

  ring(providerId: string): void {
    this.#rung.add(providerId);
    this.#bell.ring();
  }

  /** Visits whoever is rung for, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const providerId of this.#rung) {
        this.#rung.delete(providerId);
        await this.visit(providerId);
      }
      if (this.#rung.size === 0) await this.#bell.heard(signal);
    }
  }
}
