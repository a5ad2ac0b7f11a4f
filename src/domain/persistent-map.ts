/**
 * A map that grows and never changes: what comes after shares nearly all of what was before, so that adding one entry to
 * many is cheap. It is made of parts, each larger than the next, in all of which a key is looked up.
 */
export class PersistentMap<K, V> {
  private constructor(private readonly parts: readonly ReadonlyMap<K, V>[]) {}

  static empty<K, V>(): PersistentMap<K, V> {
    return new PersistentMap([]);
  }

  /** How many entries there are, provided that no key was added twice. */
  get size(): number {
    return this.parts.reduce((size, part) => size + part.size, 0);
  }

  /** What was added last under this key. */
  get(key: K): V | undefined {
    return this.parts.findLast((part) => part.has(key))?.get(key);
  }

  /** The same with further entries; parts that are not larger become one with them. */
  with(entries: Iterable<readonly [K, V]>): PersistentMap<K, V> {
    const parts = [...this.parts];
    let added = new Map(entries);
    for (let last = parts.at(-1); last && last.size <= added.size; last = parts.at(-1)) {
      const both = new Map(last);
      for (const [key, value] of added) both.set(key, value);
      added = both;
      parts.pop();
    }
    return new PersistentMap(added.size === 0 ? parts : [...parts, added]);
  }
}
