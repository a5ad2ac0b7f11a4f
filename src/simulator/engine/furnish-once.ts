/** The world of a first start is put in place once, whole, by the first request. */
import type { DocumentStore } from './documents.js';
import type { Parts } from './parts.js';

/** The mark is written in the transaction of the world, so a crash in between leaves neither. */
export function furnishOnce(documents: DocumentStore, { furnish }: Parts, now: number): void {
  if (documents.get('world', '*', 'furnished') !== undefined) return;
  furnish(documents, now);
  documents.put('world', '*', 'furnished', { at: now });
}
