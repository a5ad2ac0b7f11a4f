/** Whether what is stored is what was recorded: each event by its own hash, and by the hash of the one before it in its stream. */
import { LRUCache } from 'lru-cache';
import { flawOf } from '../format/flaw.js';
import type { StoredEvent } from './statements.js';

/** Why an event cannot be what was recorded, `undefined` when it is. Throws for bytes that are not UTF-8. */
export type FlawIn = (stored: StoredEvent) => string | undefined;

/** Asks the file for the hash of one event, in hex. */
export type HashAt = (stream: string, revision: number) => string | undefined;

interface Read {
  revision: number;
  hash: string;
}

/** As many streams as are likely to be read on from where they were read to; few, since what is kept costs the collector of garbage. */
const remembered = 1_000;

/** For events of many streams, those of each in order; the file is asked for the one before where it was not read just before. */
export function chainOfLog(hashAt: HashAt): FlawIn {
  const last = new LRUCache<string, Read>({ max: remembered });
  return (stored) => {
    const { stream, revision, hash } = stored;
    const before = last.get(stream);
    const previous = before?.revision === revision - 1 ? before.hash : undefined;
    const flaw = flawOf(stored, () => previous ?? hashAt(stream, revision - 1));
    if (before) Object.assign(before, { revision, hash });
    else last.set(stream, { revision, hash });
    return flaw;
  };
}

/** What stands over a check: the check itself, or one that does more or less. */
export type OverChecks = (check: FlawIn) => FlawIn;

/** The check itself, and `flawed` hears of each flaw. */
export const telling =
  (flawed: () => void): OverChecks =>
  (flawIn) =>
  (stored) => {
    const flaw = flawIn(stored);
    if (flaw !== undefined) flawed();
    return flaw;
  };

/** For events of one stream in order. */
export function chainOfStream(hashAt: HashAt): FlawIn {
  let previous: string | undefined;
  return (stored) => {
    const flaw = flawOf(stored, ({ stream, revision }) => previous ?? hashAt(stream, revision - 1));
    previous = stored.hash;
    return flaw;
  };
}
