/** What this process has appended of late, decoded once: followers that wait at the end of the log are given it, instead of each reading it back. */
import type { Page, PoisonedEvent, RecordedEvent } from '../../../application/ports/event-store.js';
import type { Codec } from '../format/codec.js';
import { recordedOrPoison, trusted } from '../format/recorded.js';
import { placed } from './positions.js';
import type { StoredEvent } from './statements.js';

type Entry = RecordedEvent | PoisonedEvent;

export interface FreshEvents {
  /** Takes in what a group has stored; what was stored before, by a repeated append, is left out. */
  add(stored: readonly StoredEvent[]): void;
  /** What was stored, as it is handed out; the same object each time while it is kept. */
  decoded(stored: StoredEvent): Entry;
  /** The page after place `n` and where it ends, where everything after it is kept; `undefined` where the file must be asked. */
  pageAfter(n: number, atMost: number): { readonly page: Page; readonly upTo: number } | undefined;
}

/** As many as a page of the file holds; a group has 500 appends at most, so that whoever has slept through one still finds it. */
const mostKept = 1_000;

interface Fresh {
  readonly stored: StoredEvent;
  entry?: Entry;
}

export function openFreshEvents(codec: Codec, logId: string): FreshEvents {
  const place = placed(logId);
  let kept: Fresh[] = [];
  const decode = (stored: StoredEvent): Entry => recordedOrPoison(codec, place(stored), trusted);
  const entryOf = (fresh: Fresh): Entry => {
    fresh.entry ??= decode(fresh.stored);
    return fresh.entry;
  };
  const indexOf = (position: number): number => position - (kept[0]?.stored.position ?? position);
  return {
    add(all) {
      for (const stored of all) {
        const last = kept.at(-1)?.stored.position;
        if (last !== undefined && stored.position <= last) continue;
        // Somebody else has appended in between, which only the file knows.
        if (last !== undefined && stored.position > last + 1) kept = [];
        kept.push({ stored });
      }
      if (kept.length > 2 * mostKept) kept = kept.slice(-mostKept);
    },
    decoded(stored) {
      const fresh = kept[indexOf(stored.position)];
      return fresh?.stored === stored ? entryOf(fresh) : decode(stored);
    },
    pageAfter(n, atMost) {
      const from = indexOf(n + 1);
      if (from < 0 || from >= kept.length) return undefined;
      const events = kept.slice(from, from + atMost).map(entryOf);
      return { page: { events, caughtUp: from + events.length === kept.length }, upTo: n + events.length };
    },
  };
}
