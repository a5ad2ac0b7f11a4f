/** Lists of exceptions along the index of their order, within the organizations that are asked for; never more rows at once than a bound. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ExceptionOrder, ExceptionRow } from '../../application/ports/exception-rows.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import { cursorOf, placeIn } from '../engine/cursors.js';
import { type ExceptionWay, type Wanted, wayOf } from './exception-ways.js';

/** What is read from `exceptions`. */
export type ExceptionReads = Pick<ReadModels, 'exceptions'>;

/** Bounds how long one list keeps the process from everything else. */
const looksAtMost = 2_000;
/** SQLite puts 500 queries together at most. */
const togetherAtMost = 400;

/** A long text is in order of its beginning, so that a cursor stays short. */
const columnOf: Readonly<Record<ExceptionOrder, string>> = {
  until: 'until',
  grantedAt: 'granted_at',
  owner: 'owner',
  reason: 'reason_start',
};

const columns =
  'provider_id AS providerId, object, organization, owner, reason, until, granted_at AS grantedAt, ended, ended_at AS endedAt';

interface Stored extends Omit<ExceptionRow, 'state' | 'endedAt' | 'organization'> {
  readonly organization: string | null;
  readonly ended: 'revoked' | 'expired' | null;
  readonly endedAt: string | null;
}

function rowOf({ ended, endedAt, organization, ...row }: Stored, now: string): ExceptionRow {
  const state = ended ?? (row.until > now ? 'in-force' : 'expired');
  return {
    ...row,
    state,
    ...(endedAt === null ? {} : { endedAt }),
    ...(organization === null ? {} : { organization }),
  };
}

type Values = Readonly<Record<string, SQLInputValue>>;

/** A row that was looked at: where it stands in the order, and whether it is what is wanted. */
interface Found {
  readonly first: string;
  readonly providerId: string;
  readonly object: string;
  readonly fits: number;
}

/** The rows of one organization, or of all, in no order yet. The planner would rather sort than go the way it is shown. */
function rowsSql({ sort, descending }: Wanted, { onWay, left, after }: ExceptionWay, own?: number): string {
  const [index, column] = [own === undefined ? 'all' : 'own', columnOf[sort]];
  const where = [
    ...(own === undefined ? [] : [`organization = :organization${own}`]),
    ...onWay,
    ...(after ? [`(${column}, provider_id, object) ${descending ? '<' : '>'} (:first, :second, :third)`] : []),
  ];
  return `SELECT ${column} AS first, provider_id AS providerId, object, ${left.join(' AND ') || '1'} AS fits
    FROM exceptions INDEXED BY exceptions_${index}_${column} WHERE ${where.join(' AND ') || '1'}`;
}

/** So many of these queries' rows as are looked at, in their order; each query is read no further than that takes. */
function merged(queries: readonly string[], descending: boolean): string {
  const way = descending ? 'DESC' : 'ASC';
  const inOrder = (some: readonly string[]) =>
    `${some.join(' UNION ALL ')} ORDER BY 1 ${way}, 2 ${way}, 3 ${way} LIMIT :looks`;
  if (queries.length <= togetherAtMost) return inOrder(queries);
  const starts = Array.from({ length: Math.ceil(queries.length / togetherAtMost) }, (_, n) => n * togetherAtMost);
  return inOrder(starts.map((start) => `SELECT * FROM (${inOrder(queries.slice(start, start + togetherAtMost))})`));
}

function lookedAt(db: DatabaseSync, wanted: Wanted, way: ExceptionWay, values: Values): readonly Found[] {
  const organizations = wanted.organizations && [...new Set(wanted.organizations)];
  if (organizations?.length === 0) return [];
  const queries = organizations?.map((_, n) => rowsSql(wanted, way, n)) ?? [rowsSql(wanted, way)];
  const statement = db.prepare(merged(queries, wanted.descending));
  statement.setAllowUnknownNamedParameters(true);
  const [first = '', second = '', third = ''] = way.after ?? [];
  const own = Object.fromEntries(organizations?.map((each, n) => [`organization${n}`, each]) ?? []);
  return statement.all({ ...values, ...own, first, second, third }) as unknown as readonly Found[];
}

/** Prepares the lists. */
export function exceptionReads(db: DatabaseSync): ExceptionReads {
  const one = db.prepare(`SELECT ${columns} FROM exceptions WHERE provider_id = ? AND object = ?`);
  return {
    exceptions({ cursor, limit, ...wanted }) {
      const { sort, descending, now, endingBy = '' } = wanted;
      const label = `${sort} ${descending ? 'desc' : 'asc'}`;
      const way = wayOf(wanted, cursor === undefined ? undefined : placeIn(cursor, label, 3));
      const looks = way.left.length === 0 ? limit : looksAtMost;
      const found = lookedAt(db, wanted, way, { now, endingBy, looks: looks + 1 });
      const within = found.slice(0, looks);
      const fitting = within.filter(({ fits }) => fits === 1);
      const last = fitting.length > limit ? fitting[limit - 1] : found.length > looks ? within.at(-1) : undefined;
      const items = fitting
        .slice(0, limit)
        .map(({ providerId, object }) => rowOf(one.get(providerId, object) as unknown as Stored, now));
      return last ? { items, next: cursorOf(label, [last.first, last.providerId, last.object]) } : { items };
    },
  };
}
