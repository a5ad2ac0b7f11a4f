/**
 * Every call has a timer here, because no deadline of the client holds on its own side. What can be asked again is asked again,
 * by a new client where there was no answer, until a bound.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import pLimit, { type LimitFunction } from 'p-limit';
import { OutcomeUnknown, StoreUnavailable, UnknownPosition } from '../../../application/ports/event-store-errors.js';
import { Attempt, type Try } from './attempt.js';
import { type Connection, unwrittenBy } from './connection.js';
import { failureKind, failureWords, isNoPlace, TimedOut } from './failures.js';
import { SendPace } from './send-pace.js';

export interface Patience {
  /** How long nothing may be heard in one try. */
  readonly callMs: number;
  /** How long a call is tried again. */
  readonly boundMs: number;
  /** The same at the start, where a cluster may still be looking for its leader. */
  readonly startMs: number;
}

export const usualPatience: Patience = { callMs: 3_000, boundMs: 30_000, startMs: 60_000 };

export type Call<T> = (client: EventStoreDBClient, now: Try) => Promise<T>;

/** A read over a client that is closed meanwhile, since another call was not answered, just ends, as if nothing more were there. */
class CutShort extends Error {}

type GivenUp = (error: unknown, inDoubt: boolean) => Error;

const unread: GivenUp = (error) =>
  new StoreUnavailable(`The event log cannot be read: ${failureWords(error)}`, { cause: error });

const unsent: GivenUp = (error, inDoubt) =>
  inDoubt
    ? new OutcomeUnknown(`The event log did not answer: ${failureWords(error)}`, { cause: error })
    : new StoreUnavailable(`The event log cannot be written: ${failureWords(error)}`, { cause: error });

const firstPauseMs = 50;
const longestPauseMs = 2_000;
/** A connection takes a hundred calls, and some of them are held for as long as the process lives. */
const readingAtOnce = 64;

export class PatientCalls {
  readonly #closing = new AbortController();
  readonly #reading: LimitFunction = pLimit(readingAtOnce);
  readonly #sending: SendPace;
  #readFailure: { readonly words: string; readonly at: number } | undefined;

  constructor(
    readonly connection: Connection,
    readonly patience: Omit<Patience, 'startMs'>,
  ) {
    this.#sending = new SendPace(() => unwrittenBy(connection.client()));
  }

  /** The last question that was not answered. */
  get readFailure() {
    return this.#readFailure;
  }

  /** Asks what may be asked any number of times. Throws {@link StoreUnavailable} after the bound, or when it is refused. */
  ask<T>(call: Call<T>): Promise<T> {
    return this.#reading(() =>
      this.#persist(async (client) => {
        const answer = await this.#within(client, call);
        if (client === this.connection.client()) return answer;
        throw new CutShort('the client was replaced while it was read');
      }, unread),
    );
  }

  /** The same for what takes as long as it takes, and watches by itself whether it moves. */
  askAtLength<T>(call: Call<T>): Promise<T> {
    return this.#persist((client) => call(client, { signal: this.#closing.signal, heard: () => undefined }), unread);
  }

  /**
   * Sends the same append until it is answered. Throws the client's own error for a conflict, {@link OutcomeUnknown} when it
   * may be stored or not, {@link StoreUnavailable} when it is not.
   */
  send<T>(call: Call<T>): Promise<T> {
    return this.#persist(() => this.#sending.run(() => this.#within(this.connection.client(), call)), unsent);
  }

  /** Ends all that waits for another try. */
  close(): void {
    this.#closing.abort();
  }

  async #persist<T>(tried: (client: EventStoreDBClient) => Promise<T>, given: GivenUp): Promise<T> {
    const until = performance.now() + this.patience.boundMs;
    let inDoubt = false;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      if (this.#closing.signal.aborted) throw given(new Error('the log is closed'), inDoubt);
      const client = this.connection.client();
      try {
        return await tried(client);
      } catch (error) {
        const kind = definite(error);
        if (error instanceof TimedOut) this.connection.renew(client);
        inDoubt ||= kind === 'in-doubt';
        if (kind === 'refused' || performance.now() + pauseMs > until) throw this.#givenUp(given(error, inDoubt));
      }
      await pause(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  #givenUp(error: Error): Error {
    if (error instanceof StoreUnavailable) this.#readFailure = { words: error.message, at: Date.now() };
    return error;
  }

  #within<T>(client: EventStoreDBClient, call: Call<T>): Promise<T> {
    const { callMs } = this.patience;
    return new Promise((resolve, reject) => {
      const attempt = new Attempt(callMs, () => {
        reject(new TimedOut(`no answer within ${callMs} ms`));
        this.connection.renew(client);
      });
      const called = async (): Promise<T> => call(client, attempt);
      called()
        .finally(() => attempt.end())
        .then(resolve, reject);
    });
  }
}

/** What became of a call; throws what another try would not change, and what somebody else answers for. */
function definite(error: unknown) {
  const kind = failureKind(error);
  if (error instanceof UnknownPosition || kind === 'conflict' || kind === 'missing') throw error;
  if (isNoPlace(error)) throw new UnknownPosition('the position is no event of this log');
  return kind;
}
