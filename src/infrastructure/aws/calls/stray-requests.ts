/** Requests whose answer never came: AWS may still act on them, for as long as their signature lives. */
import { LRUCache } from 'lru-cache';
import { outcomeUnknown } from './errors.js';

/** What is known of the requests that may have been sent for an account. */
export interface SentBefore {
  readonly accountId: string;
  /** ISO time since when a request that harms may have been sent, by whichever process; absent: for ever. */
  readonly sentSince?: string;
}

/**
 * Milliseconds after which no stray arrives any more: the five minutes of a signature, and one for clocks that differ and
 * for the time that an attempt takes. Source: AWS General Reference, Signature Version 4.
 */
export const strayLifeMs = 6 * 60_000;

const accountsRemembered = 10_000;

/** The strays of one kind of request, by account. It knows those of this process; of others it knows when they ended. */
export class StrayRequests {
  readonly #lastAt = new LRUCache<string, number>({ max: accountsRemembered });

  /**
   * `aloneSince` is when this process became the only one that sends, in milliseconds; absent: others may send as well.
   */
  constructor(private readonly aloneSince: number | undefined) {}

  /** Runs calls whose every failure is seen, so on a client that repeats none; one without an answer is remembered. */
  async watch<T>(accountId: string, now: number, calls: () => Promise<T>): Promise<T> {
    try {
      return await calls();
    } catch (error) {
      if (outcomeUnknown(error)) this.#lastAt.set(accountId, now);
      throw error;
    }
  }

  /** Whether no request sent before can arrive any more; without certainty it says no. */
  none({ accountId, sentSince }: SentBefore, now: number): boolean {
    if (this.aloneSince === undefined) return false;
    const lastAt = this.#lastAt.get(accountId) ?? Number.NEGATIVE_INFINITY;
    const ours = now < lastAt + strayLifeMs;
    const before = sentSince === undefined || Date.parse(sentSince) < this.aloneSince;
    return !ours && !(before && now < this.aloneSince + strayLifeMs);
  }
}
