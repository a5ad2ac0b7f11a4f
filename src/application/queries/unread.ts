/** How far a reader of the log is behind it. */
import type { EventStore, Position } from '../ports/event-store.js';

export interface Unread {
  /** How many events lie after the position, counted up to the end of one page. */
  readonly events: number;
  /** Whether there are more than were counted. */
  readonly more: boolean;
  /** Whole seconds since the oldest of them was recorded; 0 when there is none or it cannot be read. */
  readonly seconds: number;
}

/** Looks at the page after a position (`undefined`: from the start) at a time in milliseconds. */
export async function unread(store: EventStore, position: Position | undefined, now: number): Promise<Unread> {
  const enough = new AbortController();
  for await (const { events, caughtUp } of store.follow(position, enough.signal)) {
    enough.abort();
    const [oldest] = events;
    const at = oldest && 'metadata' in oldest ? Date.parse(oldest.metadata.recordedAt) : now;
    return { events: events.length, more: !caughtUp, seconds: Math.max(0, Math.floor((now - at) / 1_000)) };
  }
  return { events: 0, more: false, seconds: 0 };
}
