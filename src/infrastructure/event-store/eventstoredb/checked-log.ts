/** Events of the log as the port hands them out, each held to its own hash and to that of the one before it in its stream. */
import { LRUCache } from 'lru-cache';
import type { PoisonedEvent, RecordedEvent } from '../../../application/ports/event-store.js';
import type { Codec } from '../format/codec.js';
import { flawOf } from '../format/flaw.js';
import { recordedOrPoison, type StoredFact } from '../format/recorded.js';
import { positionOf } from './positions.js';
import type { Found } from './wire.js';

export type Entry = RecordedEvent | PoisonedEvent;

/** Asks the server for the hash of one event. */
export type HashAt = (stream: string, revision: number) => Promise<string | undefined>;

export interface CheckParts {
  readonly codec: Codec;
  readonly logId: string;
  readonly hashAt: HashAt;
  /** Hears of each flaw. */
  readonly flawed: () => void;
}

/** As many streams as a reader of the log is likely to come back to; asking for a hash costs a round trip. */
const remembered = 20_000;

/** For events of many streams, those of each in order. What this process recorded itself is not looked at again. */
export function openLogCheck({ codec, logId, hashAt, flawed }: CheckParts) {
  const last = new LRUCache<string, { readonly revision: number; readonly hash: string }>({ max: remembered });

  /** Nearly always known at once; waiting even for that would cost each event a turn. */
  function hashBefore({ stream, revision }: StoredFact): Promise<string | undefined> | string | undefined {
    const before = last.get(stream);
    if (before?.revision === revision - 1) return before.hash;
    return revision === 0 ? undefined : hashAt(stream, revision - 1);
  }

  return async (found: readonly Found[]): Promise<readonly Entry[]> => {
    const entries: Entry[] = [];
    for (const one of found) {
      if ('poison' in one) {
        const { commit, ...poisoned } = one;
        entries.push({ position: positionOf(logId, commit), ...poisoned });
        continue;
      }
      const { stored, own } = one;
      const before = own ? undefined : hashBefore(stored);
      const hash = before instanceof Promise ? await before : before;
      last.set(stored.stream, { revision: stored.revision, hash: stored.hash });
      entries.push(own ?? entryOf({ codec, logId, flawed }, one, hash));
    }
    return entries;
  };
}

/** An event as recorded, or as poison; `before` is the hash of the one before it. */
export function entryOf(
  { codec, logId, flawed }: Pick<CheckParts, 'codec' | 'logId' | 'flawed'>,
  { commit, stored }: Extract<Found, { stored: StoredFact }>,
  before: string | undefined,
): Entry {
  return recordedOrPoison(codec, { position: positionOf(logId, commit), stored }, (one) => {
    const flaw = flawOf(one, () => before);
    if (flaw !== undefined) flawed();
    return flaw;
  });
}
