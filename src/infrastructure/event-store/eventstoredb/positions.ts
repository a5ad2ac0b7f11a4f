/** Positions are `<log id>:<commit>`, the server's own place of an event: it grows, and has gaps. */
import type { EventStore, Position } from '../../../application/ports/event-store.js';
import { UnknownPosition } from '../../../application/ports/event-store-errors.js';

export const positionOf = (logId: string, commit: bigint): Position => `${logId}:${commit}`;

/**
 * What positions mean in one log. Whether it has reached one only the server can say, and it is asked when somebody follows from
 * there; until then a place that it may reach, or that lies between two events, counts as this log's.
 */
export function openPositions(logId: string) {
  function place(position: Position): bigint {
    const at = position.lastIndexOf(':');
    const digits = position.slice(at + 1);
    if (at < 0 || position.slice(0, at) !== logId || !/^[1-9]\d{0,18}$/.test(digits))
      throw new UnknownPosition(
        `position ${JSON.stringify(position)} is of another log; this log's are ${logId}: and a number`,
        position,
      );
    return BigInt(digits);
  }
  const compare: EventStore['compare'] = (a, b) => {
    const distance = place(a) - place(b);
    return distance < 0n ? -1 : Number(distance > 0n);
  };
  const owns: EventStore['owns'] = (position) => {
    try {
      return place(position) > 0n;
    } catch (error) {
      if (error instanceof UnknownPosition) return false;
      throw error;
    }
  };
  return { place, compare, owns };
}
