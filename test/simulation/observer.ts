/** Reads the log from outside, as it is on the disk, and knows each provider's state by it. */
import { join } from 'node:path';
import type { Position, RecordedEvent } from '../../src/application/ports/event-store.js';
import { idIn } from '../../src/application/streams/aggregates.js';
import { evolvePayer, type Payer, type PayerEvent, vendingPayer } from '../../src/domain/payer.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { evolve } from '../../src/domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../../src/domain/provider/stages.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';

export class Observer {
  readonly events: RecordedEvent[] = [];
  readonly providers = new Map<string, Provider>();
  readonly payers = new Map<string, Payer>();
  readonly #store;
  readonly #waiting = new Set<() => void>();
  #position: Position | undefined;

  constructor(folder: string) {
    this.#store = openSqliteEventStore({ file: join(folder, 'events.db') });
  }

  provider(id: string): Provider {
    return this.providers.get(id) ?? unknownProvider;
  }

  historyOf(id: string): readonly RecordedEvent[] {
    return this.events.filter(({ stream }) => stream === `provider-${id}`);
  }

  /** Takes in what has been appended; answers with it. */
  async look(): Promise<readonly RecordedEvent[]> {
    const seen = this.events.length;
    const enough = new AbortController();
    for await (const { events, caughtUp } of this.#store.follow(this.#position, enough.signal)) {
      for (const event of events) this.#take(event);
      if (caughtUp) enough.abort();
    }
    for (const check of [...this.#waiting]) check();
    return this.events.slice(seen);
  }

  /** Resolves once the condition holds, which is looked at whenever something has been appended. */
  when(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #take(recorded: RecordedEvent | { readonly poison: string }): void {
    if ('poison' in recorded) throw new Error(`The log holds what cannot be read: ${recorded.poison}`);
    this.events.push(recorded);
    this.#position = recorded.position;
    const { stream, event, metadata } = recorded;
    const [provider, payer] = [idIn('provider', stream), idIn('payer', stream)];
    if (provider !== undefined)
      this.providers.set(provider, evolve(this.provider(provider), event as ProviderEvent, metadata.recordedAt));
    if (payer !== undefined)
      this.payers.set(
        payer,
        evolvePayer(this.payers.get(payer) ?? vendingPayer, event as PayerEvent, metadata.recordedAt),
      );
  }
}
