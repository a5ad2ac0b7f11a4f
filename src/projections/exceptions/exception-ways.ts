/** Ways through the exceptions: from where to where along the index of an order, and what is left to ask of each row there. */
import type { ExceptionState, ExceptionsWanted } from '../../application/ports/exception-rows.js';
import type { Place } from '../engine/cursors.js';

/** What is wanted, wherever in it a page begins. */
export type Wanted = Omit<ExceptionsWanted, 'limit' | 'cursor'>;

/** Something asked of each row; `end` where it is an end of the order of `until`, of which the index tells. */
interface Condition {
  readonly sql: string;
  readonly end?: 'first' | 'last';
}

/** `:now` tells what is over, whether or not that went on record. */
const conditionsOf: Readonly<Record<ExceptionState, readonly Condition[]>> = {
  'in-force': [{ sql: 'ended IS NULL' }, { sql: 'until > :now', end: 'first' }],
  expired: [{ sql: `(ended = 'expired' OR (ended IS NULL AND until <= :now))` }],
  revoked: [{ sql: `ended = 'revoked'` }],
};

export interface ExceptionWay {
  /** What the index tells by itself, so that nothing else is looked at. */
  readonly onWay: readonly string[];
  readonly left: readonly string[];
  /** After which row it begins. */
  readonly after: Place | undefined;
}

/**
 * The way after a place. It begins at the place or at the end that `until` has there, whichever is further on: of two
 * beginnings SQLite would go to one, and pass over the rows up to the other one by one.
 */
export function wayOf({ sort, descending, state, endingBy, now }: Wanted, place: Place | undefined): ExceptionWay {
  const all: readonly Condition[] = [
    ...(state === undefined ? [] : conditionsOf[state]),
    ...(endingBy === undefined ? [] : [{ sql: 'until <= :endingBy', end: 'last' } as const]),
  ];
  const isEnd = ({ end }: Condition): boolean => sort === 'until' && end !== undefined;
  const ends = all.filter(isEnd);
  const begin = ends.find(({ end }) => end === (descending ? 'last' : 'first'));
  const [first = ''] = place ?? [];
  const isBeyond = descending ? first <= (endingBy ?? '') : first > now;
  const after = begin && !isBeyond ? undefined : place;
  return {
    onWay: ends.filter((end) => after === undefined || end !== begin).map(({ sql }) => sql),
    left: all.filter((condition) => !isEnd(condition)).map(({ sql }) => sql),
    after,
  };
}
