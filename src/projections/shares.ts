/** What the organizations of the queue have, with a number that says whose turn was when. */
import type { Position } from '../application/ports/event-store.js';
import type { Queue, Share } from '../domain/queue/queue.js';
import type { Compare } from './engine/projection.js';
import type { StoredShare } from './payer-load/load-reads.js';

export interface Shares {
  /** Reads these organizations, perhaps again. */
  read(organizations: ReadonlySet<string>): void;
  /** Forgets all others. */
  keepOnly(organizations: ReadonlySet<string>): void;
  /** What is known now; it does not change when more is read. */
  now(): Queue['share'];
}

const spareNumbers = 100;

/** Nothing is read yet. */
export function openShares(stored: (organization: string) => StoredShare, compare: Compare): Shares {
  const known = new Map<string, StoredShare>();
  let turns = openTurns([], compare);
  return {
    read(organizations) {
      for (const organization of organizations) known.set(organization, stored(organization));
      const fresh = [...organizations].map((organization) => known.get(organization)?.lastTurn ?? null);
      // Nearly always a new turn is the latest of all; else all are numbered anew, as when most numbers are of turns long past.
      const isInOrder = fresh.every((turn) => turns.follows(turn));
      if (!isInOrder || turns.size() > 2 * known.size + spareNumbers) turns = openTurns(known.values(), compare);
    },
    keepOnly(organizations) {
      for (const organization of known.keys()) if (!organizations.has(organization)) known.delete(organization);
    },
    now() {
      const shares = new Map<string, Share>(
        [...known].map(([organization, { creating, lastTurn }]) => [
          organization,
          { creating, lastTurn: turns.numberOf(lastTurn) },
        ]),
      );
      return (organization) => shares.get(organization) ?? { creating: 0, lastTurn: 0 };
    },
  };
}

/** Numbers turns in the order of the log. */
function openTurns(shares: Iterable<StoredShare>, compare: Compare) {
  const sorted = [...shares].flatMap(({ lastTurn }) => lastTurn ?? []).sort(compare);
  const numbers = new Map(sorted.map((turn, n) => [turn, n + 1]));
  let last: Position | undefined = sorted.at(-1);
  return {
    size: () => numbers.size,
    numberOf: (turn: Position | null): number => (turn === null ? 0 : (numbers.get(turn) ?? 0)),
    /** Numbers a turn if it is known or later than all others; answers whether it has a number now. */
    follows(turn: Position | null): boolean {
      if (turn === null || numbers.has(turn)) return true;
      if (last !== undefined && compare(turn, last) < 0) return false;
      numbers.set(turn, numbers.size + 1);
      last = turn;
      return true;
    },
  };
}
