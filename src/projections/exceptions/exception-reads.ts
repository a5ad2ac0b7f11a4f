/** Lists of exceptions along the index of their order; never more rows at once than a bound. */
import type { DatabaseSync } from 'node:sqlite';
import type {
  ExceptionOrder,
  ExceptionRow,
  ExceptionState,
  ExceptionsWanted,
} from '../../application/ports/exception-rows.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import { cursorOf, placeIn } from '../engine/cursors.js';

export type ExceptionReads = Pick<ReadModels, 'exceptions'>;

/** Bounds how long one list keeps the process from everything else. */
const looksAtMost = 2_000;

const columnOf: Readonly<Record<ExceptionOrder, string>> = {
  until: 'until',
  grantedAt: 'granted_at',
  owner: 'owner',
  reason: 'reason',
};

const columns =
  'provider_id AS providerId, object, owner, reason, until, granted_at AS grantedAt, ended, ended_at AS endedAt';

/** `:now` tells what is over, whether or not that went on record. */
const conditionOf: Readonly<Record<ExceptionState, string>> = {
  'in-force': 'ended IS NULL AND until > :now',
  expired: `(ended = 'expired' OR (ended IS NULL AND until <= :now))`,
  revoked: `ended = 'revoked'`,
};

interface Stored extends Omit<ExceptionRow, 'state' | 'endedAt'> {
  readonly ended: 'revoked' | 'expired' | null;
  readonly endedAt: string | null;
}

function rowOf({ ended, endedAt, ...row }: Stored, now: string): ExceptionRow {
  const state = ended ?? (row.until > now ? 'in-force' : 'expired');
  return { ...row, state, ...(endedAt === null ? {} : { endedAt }) };
}

function* rowsOf(stored: Iterable<Stored>, now: string): Iterable<ExceptionRow> {
  for (const row of stored) yield rowOf(row, now);
}

type Wanted = Pick<ExceptionsWanted, 'sort' | 'descending' | 'state' | 'endingBy'>;

const keysOf = (sort: ExceptionOrder): readonly string[] => [columnOf[sort], 'provider_id', 'object'];

function sqlFor({ sort, descending, state, endingBy }: Wanted, isFurther: boolean): string {
  const keys = keysOf(sort);
  const conditions = [
    ...(state === undefined ? [] : [conditionOf[state]]),
    ...(endingBy === undefined ? [] : ['until <= :endingBy']),
    ...(isFurther ? [`(${keys.join(', ')}) ${descending ? '<' : '>'} (:first, :second, :third)`] : []),
  ];
  const order = keys.map((key) => `${key} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  return `SELECT ${columns} FROM exceptions WHERE ${conditions.join(' AND ') || '1'} ORDER BY ${order} LIMIT :looks`;
}

/** The first so many that the reader may know of, and whether there may be others. */
function pageOf(rows: Iterable<ExceptionRow>, { limit, isSeen }: Pick<ExceptionsWanted, 'limit' | 'isSeen'>) {
  const items: ExceptionRow[] = [];
  let looks = 0;
  let last: ExceptionRow | undefined;
  for (const row of rows) {
    if (looks === looksAtMost) return { items, last };
    if (isSeen(row.providerId)) {
      if (items.length === limit) return { items, last: items.at(-1) };
      items.push(row);
    }
    looks++;
    last = row;
  }
  return { items, last: undefined };
}

/** Prepares the lists. A page may be short, even empty, and still have a `next`: what its reader may not see is left out. */
export function exceptionReads(db: DatabaseSync): ExceptionReads {
  return {
    exceptions({ cursor, now, ...wanted }) {
      const { sort, descending, endingBy = '' } = wanted;
      const label = `${sort} ${descending ? 'desc' : 'asc'}`;
      const place = cursor === undefined ? undefined : placeIn(cursor, label, keysOf(sort).length);
      const [first = '', second = '', third = ''] = place ?? [];
      const statement = db.prepare(sqlFor(wanted, place !== undefined));
      statement.setAllowUnknownNamedParameters(true);
      const stored = statement.iterate({ now, endingBy, first, second, third, looks: looksAtMost + 1 });
      const { items, last } = pageOf(rowsOf(stored as Iterable<unknown> as Iterable<Stored>, now), wanted);
      return last ? { items, next: cursorOf(label, [last[sort], last.providerId, last.object]) } : { items };
    },
  };
}
