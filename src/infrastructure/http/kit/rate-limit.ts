/** How often something may be done a minute, by key: a sliding window of two counts, so that no edge of it allows twice as much. */
import { LRUCache } from 'lru-cache';

const windowMs = 60_000;
/** Whoever is forgotten because so many others came since had not done much of late. */
const remembered = 20_000;

interface Window {
  readonly startedAt: number;
  readonly before: number;
  count: number;
}

/** What came of asking for one more. */
export interface Taken {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** To wait where it is not allowed; else until the window ends. */
  readonly seconds: number;
}

export class RateLimit {
  readonly #windows = new LRUCache<string, Window>({ max: remembered });

  constructor(private readonly perMinute: number) {}

  /** Counts one; one too many does not count. */
  take(key: string, now: number): Taken {
    const window = this.#windowAt(key, now);
    const passed = (now - window.startedAt) / windowMs;
    const limit = this.perMinute;
    if (window.before * (1 - passed) + window.count < limit) {
      window.count++;
      const remaining = Math.max(0, Math.floor(limit - window.before * (1 - passed) - window.count));
      return { allowed: true, limit, remaining, seconds: Math.max(1, Math.ceil(((1 - passed) * windowMs) / 1_000)) };
    }
    const free = window.count >= limit ? 1 : 1 - (limit - window.count) / window.before;
    const seconds = Math.max(1, Math.ceil(((free - passed) * windowMs) / 1_000));
    return { allowed: false, limit, remaining: 0, seconds };
  }

  #windowAt(key: string, now: number): Window {
    const known = this.#windows.get(key);
    const age = known ? now - known.startedAt : Number.POSITIVE_INFINITY;
    if (known && age >= 0 && age < windowMs) return known;
    const follows = known !== undefined && age >= windowMs && age < 2 * windowMs;
    const fresh = {
      startedAt: follows ? known.startedAt + windowMs : now,
      before: follows ? known.count : 0,
      count: 0,
    };
    this.#windows.set(key, fresh);
    return fresh;
  }
}
