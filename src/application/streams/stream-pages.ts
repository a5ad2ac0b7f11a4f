/** A stream read page by page, from a position in the log on: a long one is never held whole, nor is it read in one turn. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore, Position, RecordedEvent } from '../ports/event-store.js';

export interface StreamPages {
  /** The event that comes next, `undefined` at the end of the stream. */
  readonly next: RecordedEvent | undefined;
  /** Goes on behind it. Throws PoisonError where the stream cannot be read. */
  advance(): Promise<void>;
}

interface From {
  readonly stream: string;
  /** Only what lies after it in the log is wanted; `undefined`: all. */
  readonly after: Position | undefined;
  /** The last event of the stream as it is known to be, if it has any. */
  readonly end: RecordedEvent | undefined;
}

type Store = Pick<EventStore, 'read' | 'compare'>;

const pageSize = 100;

/** Reads the first page, in a turn of its own. */
export async function openPages(store: Store, from: From): Promise<StreamPages> {
  const { stream } = from;
  await nextTurn();
  let page = await store.read(stream, await firstAfter(store, from), pageSize);
  let place = 0;
  return {
    get next() {
      return page[place];
    },
    async advance() {
      const last = page[place];
      place++;
      if (last === undefined || place < page.length) return;
      await nextTurn();
      page = page.length < pageSize ? [] : await store.read(stream, last.revision + 1, pageSize);
      place = 0;
    },
  };
}

/** The revision of the first event after the position, found by halving what it may be. */
async function firstAfter(store: Store, { stream, after, end }: From): Promise<number> {
  if (after === undefined || !end) return 0;
  // Who comes again has nearly always had the end.
  if (store.compare(end.position, after) <= 0) return end.revision + 1;
  let low = 0;
  let high = end.revision + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = middle === end.revision ? end : (await store.read(stream, middle, 1))[0];
    if (event && store.compare(event.position, after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
