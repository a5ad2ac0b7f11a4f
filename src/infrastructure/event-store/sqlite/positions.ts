/** Positions are `<log id>:<n>`, n counting the log's events from 1 without gaps. */
import { type EventStore, type Position } from '../../../application/ports/event-store.js';
import { UnknownPosition } from '../../../application/ports/event-store-errors.js';
import type { PlacedFact } from '../format/recorded.js';
import type { StoredEvent } from './statements.js';

/** Stored events with their positions in this log. */
export const placed =
  (logId: string) =>
  (stored: StoredEvent): PlacedFact<StoredEvent> => ({ position: positionOf(logId, stored.position), stored });

export const positionOf = (logId: string, n: number): Position => `${logId}:${n}`;

/**
 * The n of a position in this log; `reach` tells how far the log goes, at least when asked for a place beyond what it said
 * before. Throws {@link UnknownPosition} for a position of another log, and for one that this log has not reached.
 */
function placeOf(logId: string, position: Position, reach: (wanted: number) => number): number {
  const at = position.lastIndexOf(':');
  if (at < 0 || position.slice(0, at) !== logId)
    throw new UnknownPosition(
      `position ${JSON.stringify(position)} is of another log; this log's begin with ${logId}:`,
      position,
    );
  const digits = position.slice(at + 1);
  const n = Number(digits);
  if (!/^[1-9]\d{0,15}$/.test(digits) || n > reach(n))
    throw new UnknownPosition(`position ${position} does not exist; this log reaches from 1 to ${reach(0)}`, position);
  return n;
}

/** What positions mean in one log. */
export function openPositions(logId: string, reach: (wanted: number) => number) {
  const place = (position: Position): number => placeOf(logId, position, reach);
  const compare: EventStore['compare'] = (a, b) => place(a) - place(b);
  const owns: EventStore['owns'] = (position) => {
    try {
      return place(position) > 0;
    } catch (error) {
      if (error instanceof UnknownPosition) return false;
      throw error;
    }
  };
  return { place, compare, owns };
}
