/** The facts of a provider so far, complete and in order, so that a live feed can go on where they end. */

import { entryOf, type HistoryEntry } from '../../../application/history/history.js';
import { streamsAbout } from '../../../application/history/live-feed.js';
import {
  type EventStore,
  type Position,
  type RecordedEvent,
  requireOwn,
} from '../../../application/streams/event-store.js';

export interface Past {
  readonly entries: readonly HistoryEntry[];
  /** Everything up to here is in `entries`, or lies before the position asked for. */
  readonly upTo: Position | undefined;
}

/**
 * The facts after a position (`undefined`: from the first on). The streams are read one after the other, so the first
 * reading may miss what was appended meanwhile to a stream already read. It only fixes how far to go; everything up to
 * there was stored before the second reading began, so the second has no gap. Throws UnknownPosition for another log's.
 */
export async function pastOf(
  store: EventStore,
  providerId: string,
  after: Position | undefined,
  seesAll: boolean,
): Promise<Past> {
  if (after !== undefined) requireOwn(store, after);
  const inOrder = (a: RecordedEvent, b: RecordedEvent): number => store.compare(a.position, b.position);
  const upTo = (await readAll(store, providerId)).sort(inOrder).at(-1)?.position;
  const wanted = (position: Position): boolean =>
    upTo !== undefined &&
    store.compare(position, upTo) <= 0 &&
    (after === undefined || store.compare(position, after) > 0);
  const events = (await readAll(store, providerId)).filter(({ position }) => wanted(position)).sort(inOrder);
  const entries = events.flatMap((event) => entryOf(event, seesAll) ?? []);
  return { entries, upTo: later(store, upTo, after) };
}

const readAll = async (store: EventStore, providerId: string): Promise<RecordedEvent[]> =>
  (await Promise.all(streamsAbout(providerId).map((stream) => store.read(stream)))).flat();

function later(store: EventStore, a: Position | undefined, b: Position | undefined): Position | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return store.compare(a, b) > 0 ? a : b;
}
