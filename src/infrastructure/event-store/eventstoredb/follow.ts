/** Following the log: stretch after stretch until its end, then what the tail hears, until the reader has had enough. */
import type { Pace, Page } from '../../../application/ports/event-store.js';
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

/** A stretch comes over the network, where others get their turn. */
const swift: Pace = { pageSize: 1_000, turn: () => undefined };

/** The first page comes at once, even if empty, so that a reader learns that it has caught up; a later one only with news. */
export async function* follow(
  parts: FollowParts,
  after: bigint,
  signal: AbortSignal,
  pace = swift,
): AsyncGenerator<Page, void> {
  const leaving = new AbortController();
  const stretch = readAhead(parts.stretch, AbortSignal.any([signal, leaving.signal]));
  try {
    yield* followed({ ...parts, stretch, pace }, after, signal);
  } finally {
    leaving.abort();
  }
}

/** While one stretch is looked at the next is read, so that server and reader do not wait for each other; one, so that memory is bounded. */
function readAhead(stretch: FollowParts['stretch'], signal: AbortSignal): Reading['stretch'] {
  let ahead: { readonly after: bigint; readonly read: Promise<Stretch> } | undefined;
  return async (after) => {
    const read = await (ahead?.after === after ? ahead.read : stretch(after, signal));
    ahead = undefined;
    if (read.caughtUp || signal.aborted) return read;
    ahead = { after: read.upTo, read: stretch(read.upTo, signal) };
    // Whoever asks for it hears of its failure; nobody may.
    ahead.read.catch(() => undefined);
    return read;
  };
}

interface Reading extends Omit<FollowParts, 'stretch'> {
  readonly stretch: (after: bigint) => Promise<Stretch>;
  readonly pace: Pace;
}

async function* followed(parts: Reading, after: bigint, signal: AbortSignal): AsyncGenerator<Page, void> {
  const check = parts.openCheck();
  let place = after;
  let toldCaughtUp = false;
  while (!signal.aborted) {
    const live: readonly TailEntry[] | undefined = toldCaughtUp ? parts.tail.after(place) : undefined;
    if (live?.length === 0) {
      await parts.tail.appended.next(signal);
      continue;
    }
    const read: Stretch | undefined = live ? undefined : await parts.stretch(place);
    const caughtUp: boolean = read?.caughtUp ?? true;
    place = read?.upTo ?? live?.at(-1)?.commit ?? place;
    const entries = (live ?? []).map(({ entry }) => entry);
    const isNews = (read?.found ?? entries).length > 0 || (caughtUp && !toldCaughtUp);
    if (isNews && read) yield* pagesOf(read.found, check, { ...parts.pace, caughtUp, signal });
    else if (isNews) yield* pagesOf(entries, (page) => page, { ...parts.pace, caughtUp, signal });
    toldCaughtUp = caughtUp;
  }
}

interface Paging extends Pace {
  readonly caughtUp: boolean;
  readonly signal: AbortSignal;
}

/** Each page is checked when its turn has come: decoding a whole stretch would hold the event loop for long. */
async function* pagesOf<T>(
  all: readonly T[],
  entriesOf: (page: readonly T[]) => readonly Entry[] | Promise<readonly Entry[]>,
  { pageSize, turn, caughtUp, signal }: Paging,
): AsyncGenerator<Page> {
  for (let from = 0; from === 0 || from < all.length; from += pageSize) {
    if (from > 0) await turn();
    if (signal.aborted) return;
    const events = await entriesOf(all.slice(from, from + pageSize));
    yield { events, caughtUp: caughtUp && from + pageSize >= all.length };
  }
}
