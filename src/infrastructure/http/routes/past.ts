/** The facts of a provider so far, complete and in order, so that a live feed can go on where they end. */
import { entryOf, type HistoryEntry } from '../../../application/history/history.js';
import { type EventStore, type Position, type RecordedEvent } from '../../../application/ports/event-store.js';
import { requireOwn } from '../../../application/ports/event-store-errors.js';
import { openPages, type StreamPages } from '../../../application/streams/stream-pages.js';

export interface Past {
  /** Read page by page as they are asked for, because a history may be long. */
  readonly entries: AsyncIterable<HistoryEntry>;
  /** Everything up to here is in `entries`, or lies before the position asked for. */
  readonly upTo: Position | undefined;
}

/**
 * The facts in these streams after a position (`undefined`: from the first on). The ends of the streams are read one after
 * the other, so they may miss what was appended meanwhile to a stream already read. They only fix how far to go; everything
 * up to there was stored before the reading began, so the reading has no gap. Throws UnknownPosition for another log's, and
 * PoisonError where the first page of a stream cannot be read.
 */
export async function pastOf(
  store: EventStore,
  streams: readonly string[],
  after: Position | undefined,
  seesAll: boolean,
): Promise<Past> {
  if (after !== undefined) requireOwn(store, after);
  const ends = await Promise.all(streams.map(async (stream) => (await store.readLast(stream, 1))[0]));
  const upTo = latest(store, [after, ...ends.map((end) => end?.position)]);
  const pages: StreamPages[] = [];
  // One after the other: each takes a turn of its own, and there may be a stream for each month of many years.
  for (const [n, stream] of streams.entries()) pages.push(await openPages(store, { stream, after, end: ends[n] }));
  return { entries: entriesUpTo(store, pages, upTo, seesAll), upTo };
}

async function* entriesUpTo(
  store: EventStore,
  pages: readonly StreamPages[],
  upTo: Position | undefined,
  seesAll: boolean,
): AsyncGenerator<HistoryEntry, void> {
  for (let next = first(store, pages); next; next = first(store, pages)) {
    const event = next.next;
    if (event === undefined || upTo === undefined || store.compare(event.position, upTo) > 0) return;
    const entry = entryOf(event, seesAll);
    if (entry) yield entry;
    await next.advance();
  }
}

/** The stream whose next event comes first in the log. */
const first = (store: EventStore, pages: readonly StreamPages[]): StreamPages | undefined =>
  pages
    .filter(({ next }) => next !== undefined)
    .reduce<StreamPages | undefined>(
      (best, each) => (best && isBefore(store, best.next, each.next) ? best : each),
      undefined,
    );

const isBefore = (store: EventStore, a: RecordedEvent | undefined, b: RecordedEvent | undefined): boolean =>
  a !== undefined && b !== undefined && store.compare(a.position, b.position) <= 0;

const latest = (store: EventStore, positions: readonly (Position | undefined)[]): Position | undefined =>
  positions.reduce((a, b) => (a === undefined || (b !== undefined && store.compare(b, a) > 0) ? b : a));
