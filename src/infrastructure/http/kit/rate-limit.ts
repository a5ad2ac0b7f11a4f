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

export class RateLimit {
  readonly #windows = new LRUCache<string, Window>({ max: remembered });

  constructor(readonly perMinute: number) {}

  /** Counts one; answers with how many seconds to wait where it is one too many, which then does not count. */
  take(key: string, now: number): number | undefined {
    const window = this.#windowAt(key, now);
    const passed = (now - window.startedAt) / windowMs;
    if (window.before * (1 - passed) + window.count < this.perMinute) {
      window.count++;
      return undefined;
    }
    const free = window.count >= this.perMinute ? 1 : 1 - (this.perMinute - window.count) / window.before;
    return Math.max(1, Math.ceil(((free - passed) * windowMs) / 1_000));
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
