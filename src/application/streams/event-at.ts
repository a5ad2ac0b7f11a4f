/** One event of a stream by its position in the log. */
import type { EventStore, Position, RecordedEvent } from '../ports/event-store.js';

/** The event of a stream at a position, found by halving. */
export async function eventAt(
  store: Pick<EventStore, 'read' | 'readLast' | 'compare'>,
  stream: string,
  position: Position,
): Promise<RecordedEvent | undefined> {
  const [last] = await store.readLast(stream, 1);
  let [low, high] = [0, last?.revision ?? -1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const [event] = await store.read(stream, middle, 1);
    if (!event) return undefined;
    const order = store.compare(event.position, position);
    if (order === 0) return event;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
