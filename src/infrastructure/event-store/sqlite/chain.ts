/** Whether what is stored is what was recorded: each event by its own hash, and by the hash of the one before it in its stream. */
import { LRUCache } from 'lru-cache';
import { hashOf, noHash } from '../format/hash.js';
import type { StoredEvent } from './statements.js';

export interface Chain {
  /** Why an event cannot be what was recorded, `undefined` when it is. Throws for bytes that are not UTF-8. */
  flawIn(stored: StoredEvent): string | undefined;
}

/** As many streams as are likely to be read on from where they were read to. */
const remembered = 10_000;

/** A chain over one file; `hashAt` asks the file for the hash of an event that was not read just before. */
export function openChain(hashAt: (stream: string, revision: number) => string | undefined): Chain {
  const last = new LRUCache<string, StoredEvent>({ max: remembered });

  function hashBefore({ stream, revision }: StoredEvent): string | undefined {
    if (revision === 0) return noHash;
    const before = last.get(stream);
    return before?.revision === revision - 1 ? before.hash : hashAt(stream, revision - 1);
  }

  return {
    flawIn(stored) {
      if (hashOf(stored) !== stored.hash) return 'what is stored is not what was recorded; its hash says so';
      const before = hashBefore(stored);
      last.set(stored.stream, stored);
      if (before === undefined) return `revision ${stored.revision - 1}, which was recorded before it, is missing`;
      return before === stored.previousHash ? undefined : 'what is stored before it is not what was recorded before it';
    },
  };
}
