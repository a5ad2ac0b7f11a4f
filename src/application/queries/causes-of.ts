/** What a fact came from: for what the service found by itself the facts before it that made it owed, back to what a person asked for. */
import { entryOf, type HistoryEntry } from '../history/history.js';
import type { RecordedEvent } from '../ports/event-store.js';

/** A fact from which another came, and the command that brought it. */
export type CausingFact = Pick<HistoryEntry, 'position' | 'type' | 'actor' | 'role' | 'onBehalfOf' | 'causationId'>;

/** A chain is told from its near end, and its far end is always told. */
const mostTold = 20;

/**
 * The chain of a fact of a life, the nearest first. A step is owed because of the history before it, so the cause of a fact of the
 * saga is the fact before it; whatever somebody commanded has no cause but its command. What the reader may not know of is left out.
 */
export function causesOf(life: readonly RecordedEvent[], revision: number, seesAll: boolean): readonly CausingFact[] {
  const start = lastCommanded(life.filter((event) => event.revision <= revision));
  const chain = life
    .slice(
      Math.max(start, 0),
      life.findIndex((event) => event.revision === revision),
    )
    .reverse();
  const told = chain.flatMap((event) => entryOf(event, seesAll) ?? []).map(withoutMore);
  return told.length <= mostTold ? told : [...told.slice(0, mostTold - 1), ...told.slice(-1)];
}

/** Where the last fact stands that somebody commanded; -1 where there is none. */
export const lastCommanded = (life: readonly RecordedEvent[]): number => life.findLastIndex((event) => !isFound(event));

const isFound = ({ metadata }: RecordedEvent): boolean => metadata.role === 'saga';

const withoutMore = ({ position, type, actor, role, onBehalfOf, causationId }: HistoryEntry): CausingFact => ({
  ...{ position, type, actor, role, ...(onBehalfOf !== undefined && { onBehalfOf }), causationId },
});
