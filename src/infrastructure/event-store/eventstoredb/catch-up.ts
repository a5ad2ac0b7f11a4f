/** A stretch of the log: what comes after a place, read at one go and given back, so that no reader holds a call while it works. */
import type { EventStoreDBClient } from '@eventstore/db-client';
import { TimedOut } from './failures.js';
import { type Heard, type Subscription, subscribe } from './subscription.js';
import type { SentEvent } from './subscription-messages.js';
import { type Found, foundInSent, type StreamNames } from './wire.js';

export interface Stretch {
  readonly found: readonly Found[];
  /** Where the next one begins. */
  readonly upTo: bigint;
  /** Whether nothing more had been appended when it was read. */
  readonly caughtUp: boolean;
}

export interface StretchAsked {
  readonly names: StreamNames;
  readonly after: bigint;
  readonly signal: AbortSignal;
  /** How long nothing may be heard. */
  readonly silenceMs: number;
}

/** Large enough that opening a call for it costs little, small enough for a reader to hold. */
const mostEvents = 5_000;

/** Rejects when nothing is heard for a time; an aborted one answers with what has come. */
export const stretchAfter = (client: EventStoreDBClient, asked: StretchAsked): Promise<Stretch> =>
  new Promise((resolve, reject) => new Stretching(asked, resolve, reject).begin(client));

class Stretching implements Heard {
  readonly #found: Found[] = [];
  #lookedUpTo: bigint;
  #subscription: Subscription | undefined;
  #silence: NodeJS.Timeout | undefined;
  readonly #aborted = (): void => this.#end(false);

  constructor(
    readonly asked: StretchAsked,
    readonly resolve: (stretch: Stretch) => void,
    readonly reject: (error: unknown) => void,
  ) {
    this.#lookedUpTo = asked.after;
  }

  begin(client: EventStoreDBClient): void {
    const { names, after, signal, silenceMs } = this.asked;
    signal.addEventListener('abort', this.#aborted);
    const silent = (): void => this.failed(new TimedOut(`nothing was heard for ${silenceMs} ms`));
    this.#silence = setTimeout(silent, silenceMs);
    this.#subscription = subscribe(client, names.ofLog, after, this);
    if (signal.aborted) this.#aborted();
  }

  event(event: SentEvent): void {
    this.#found.push(foundInSent(this.asked.names, event));
    this.#silence?.refresh();
    if (this.#found.length === mostEvents) this.#end(false);
  }

  caughtUp(): void {
    this.#end(true);
  }

  checkpoint(commit: bigint): void {
    if (commit > this.#lookedUpTo) this.#lookedUpTo = commit;
    this.#silence?.refresh();
  }

  failed(error: unknown): void {
    this.reject(error);
    this.#leave();
  }

  /** A checkpoint may lie beyond events that are still to come, unless all have come. */
  #end(caughtUp: boolean): void {
    const last = this.#found.at(-1)?.commit ?? this.asked.after;
    const upTo = caughtUp && this.#lookedUpTo > last ? this.#lookedUpTo : last;
    this.resolve({ found: this.#found, upTo, caughtUp });
    this.#leave();
  }

  #leave(): void {
    clearTimeout(this.#silence);
    this.asked.signal.removeEventListener('abort', this.#aborted);
    this.#subscription?.stop();
  }
}
