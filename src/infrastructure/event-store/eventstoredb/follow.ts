/** Following the log: stretch after stretch until its end, then what the tail hears, until the reader has had enough. */
import type { Page } from '../../../application/ports/event-store.js';
import type { Stretch } from './catch-up.js';
import type { Entry } from './checked-log.js';
import type { LogTail, TailEntry } from './log-tail.js';
import type { Found } from './wire.js';

export interface FollowParts {
  readonly tail: LogTail;
  readonly stretch: (after: bigint, signal: AbortSignal) => Promise<Stretch>;
  /** A check of its own for each reader. */
  readonly openCheck: () => (found: readonly Found[]) => Promise<readonly Entry[]>;
}

const pageSize = 1_000;

/** The first page comes at once, even if empty, so that a reader learns that it has caught up; a later one only with news. */
export async function* follow(parts: FollowParts, after: bigint, signal: AbortSignal): AsyncGenerator<Page, void> {
  const check = parts.openCheck();
  let place = after;
  let toldCaughtUp = false;
  while (!signal.aborted) {
    const live: readonly TailEntry[] | undefined = toldCaughtUp ? parts.tail.after(place) : undefined;
    if (live?.length === 0) {
      await parts.tail.bell.rung(signal);
      continue;
    }
    const read: Stretch | undefined = live ? undefined : await parts.stretch(place, signal);
    const entries = read ? await check(read.found) : (live ?? []).map(({ entry }) => entry);
    const caughtUp: boolean = read?.caughtUp ?? true;
    place = read?.upTo ?? live?.at(-1)?.commit ?? place;
    if (entries.length > 0 || (caughtUp && !toldCaughtUp)) yield* pagesOf(entries, caughtUp, signal);
    toldCaughtUp = caughtUp;
  }
}

function* pagesOf(entries: readonly Entry[], caughtUp: boolean, signal: AbortSignal): Generator<Page> {
  for (let from = 0; from === 0 || from < entries.length; from += pageSize) {
    if (signal.aborted) return;
    const events = entries.slice(from, from + pageSize);
    yield { events, caughtUp: caughtUp && from + pageSize >= entries.length };
  }
}
