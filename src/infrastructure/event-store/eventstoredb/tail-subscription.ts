/** One subscription of the tail, from its opening until it fails or shall end; events are checked in order while more come. */
import type { EventStoreDBClient } from '@eventstore/db-client';
import { type Heard, type Subscription, subscribe } from './subscription.js';
import type { SentEvent } from './subscription-messages.js';
import type { Found, StreamNames } from './wire.js';

export interface Tailing {
  readonly names: StreamNames;
  readonly after: bigint;
  /** What came, as it was recorded. */
  readonly read: (event: SentEvent) => Found;
  /** Takes what came, in order, and resolves when it is kept. */
  readonly take: (found: readonly Found[]) => Promise<void>;
  /** Everything up to this place was delivered and taken. */
  readonly lookedUpTo: (commit: bigint) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

const mostQueued = 2_000;

/** Resolves when the signal aborts; rejects when the subscription fails. */
export const tailOnce = (client: EventStoreDBClient, tailing: Tailing): Promise<void> =>
  new Promise((resolve, reject) => new TailSubscription(tailing, resolve, reject).begin(client));

class TailSubscription implements Heard {
  readonly #queue: Found[] = [];
  #subscription: Subscription | undefined;
  #working = false;
  #ended = false;
  readonly #aborted = (): void => {
    this.#leave();
    this.resolve();
  };

  constructor(
    readonly tailing: Tailing,
    readonly resolve: () => void,
    readonly reject: (error: unknown) => void,
  ) {}

  begin(client: EventStoreDBClient): void {
    const { names, after, signal } = this.tailing;
    signal.addEventListener('abort', this.#aborted);
    this.#subscription = subscribe(client, names.ofLog, after, this);
    if (signal.aborted) this.#aborted();
  }

  event(event: SentEvent): void {
    this.#queue.push(this.tailing.read(event));
    if (this.#queue.length >= mostQueued) this.#subscription?.pause();
    if (!this.#working) this.#work().catch((error: unknown) => this.failed(error));
  }

  caughtUp(): void {
    // What comes live is caught up whenever nothing waits; whoever begins asks the server for itself.
  }

  checkpoint(commit: bigint): void {
    if (this.#queue.length === 0 && !this.#working) this.tailing.lookedUpTo(commit);
  }

  failed(error: unknown): void {
    this.#leave();
    this.reject(error);
  }

  async #work(): Promise<void> {
    this.#working = true;
    while (this.#queue.length > 0 && !this.#ended) {
      await this.tailing.take(this.#queue.splice(0));
      this.#subscription?.resume();
    }
    this.#working = false;
  }

  #leave(): void {
    this.#ended = true;
    this.tailing.signal.removeEventListener('abort', this.#aborted);
    this.#subscription?.stop();
  }
}
