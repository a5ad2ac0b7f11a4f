/**
 * Remembers which refusals are on record today, so that asking again and again with new keys records nothing more. Kept in
 * memory: after a restart, and in each process, the same refusal may be recorded once more.
 */
import { LRUCache } from 'lru-cache';
import { KeyedMutex } from '../streams/keyed-mutex.js';

const remembered = 20_000;

export class RecordedRefusals<T extends object> {
  readonly #known = new LRUCache<string, T>({ max: remembered });
  readonly #mutex = new KeyedMutex();

  /** What is on record under these words, else what `record` answers with; of several at once only one records. */
  once(words: readonly string[], record: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(words);
    return this.#mutex.run(key, async () => {
      const known = this.#known.get(key);
      const refusal = known ?? (await record());
      this.#known.set(key, refusal);
      return refusal;
    });
  }
}
