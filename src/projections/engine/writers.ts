/** The writers of a reader, one for each version that it feeds: two that write to one file would each put their own state there. */
import { damages, passes } from '../../infrastructure/sqlite-failures.js';
import type { Writer } from './commit.js';
import type { FedVersion } from './fed-version.js';

export type Writers = Map<FedVersion, Writer>;

/**
 * Has this reader write to a version no more, once what it has passed there is in the file. What a disk keeps out of the file
 * is read from the log once more.
 */
export function putAway(writers: Writers, fed: FedVersion): void {
  const writer = writers.get(fed);
  writers.delete(fed);
  if (!fed.db.isOpen || fed.damage.words !== undefined) return;
  try {
    writer?.flush();
  } catch (error) {
    if (!passes(error) && !damages(error)) throw error;
  }
}

export function putAllAway(writers: Writers): void {
  for (const fed of [...writers.keys()]) putAway(writers, fed);
}
