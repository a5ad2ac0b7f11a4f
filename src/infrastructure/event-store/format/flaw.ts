/** What is wrong with a stored event by its own hash, or by the hash of the one before it in its stream. */
import { hashOf, noHash } from './hash.js';
import type { StoredFact } from './recorded.js';

/** Asks for the hash of the event before, where it was not read just before; `undefined` when there is none. */
type HashBefore = (stored: StoredFact) => string | undefined;

/** Why an event cannot be what was recorded, `undefined` when it is. Throws for bytes that are not UTF-8. */
export function flawOf(stored: StoredFact, hashBefore: HashBefore): string | undefined {
  if (hashOf(stored) !== stored.hash) return 'what is stored is not what was recorded; its hash says so';
  const before = stored.revision === 0 ? noHash : hashBefore(stored);
  if (before === undefined) return `revision ${stored.revision - 1}, which was recorded before it, is missing`;
  return before === stored.previousHash ? undefined : 'what is stored before it is not what was recorded before it';
}
