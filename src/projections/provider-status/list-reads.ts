/** Lists of providers: along the index of their order where it fits, or by what narrows them most; never more rows at once than a bound. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { ListOrder, ListPage } from '../../application/ports/provider-lists.js';
import type { ProviderRow, ReadModels } from '../../application/ports/read-models.js';
import { cursorOf, type Place, placeIn } from '../engine/cursors.js';
import { allOf, type Condition, conditionsOf, narrowWays, readIn, type Way, wayIn } from './list-ways.js';
import type { StatusDocument } from './provider-status.js';

/** Bounds how long one list keeps the process from everything else. */
const looksAtMost = 2_000;
const preparedAtMost = 200;

const keysOf: Readonly<Record<ListOrder, readonly string[]>> = {
  requestedAt: ['requested_at', 'provider_id'],
  changedAt: ['changed_at', 'provider_id'],
  name: ['name', 'provider_id'],
  stage: ['stage_place', 'requested_at', 'provider_id'],
};

/** Rows to look at: those that lie on a way, in an order, after a place in it. */
interface Looking extends Way {
  readonly keys: readonly string[];
  readonly descending: boolean;
  readonly after: Place | undefined;
  /** What is asked of each row, and how many of them are looked at. */
  readonly left: readonly Condition[];
  readonly looks: number;
}

type Found = Readonly<Record<string, string | number>> & { readonly place: number; readonly fits: number };

/** Prepares the lists. */
export function listReads(db: DatabaseSync): Pick<ReadModels, 'list'> {
  const prepared = preparedOn(db);
  const document = db.prepare('SELECT provider_id AS id, document FROM provider_status WHERE place = ?');

  function rowAt({ place }: Found): ProviderRow {
    const { id, document: text } = document.get(place) as { id: string; document: string };
    return { providerId: id, ...(JSON.parse(text) as StatusDocument) };
  }

  /** A way to few enough rows, so that they can be put in order here. */
  function fewOn(ways: readonly Way[]): Way | undefined {
    return ways.find(({ index, where }) => {
      const sql = `SELECT count(*) AS count FROM (SELECT 1 ${from(index, where)} LIMIT ${looksAtMost + 1})`;
      const { count } = prepared(sql).get(...valuesOf(where)) as { count: number };
      return count <= looksAtMost;
    });
  }

  return {
    list(filter, { limit, cursor, sort, descending }): ListPage<ProviderRow> {
      const given = conditionsOf(filter);
      const order = readIn(sort, given);
      const keys = keysOf[order];
      const label = `${order} ${descending ? 'desc' : 'asc'}`;
      const after = cursor === undefined ? undefined : placeIn(cursor, label, keys.length);
      const straight = wayIn(order, given);
      const few = straight.left.length === 0 ? undefined : fewOn(narrowWays(given));
      const way = few ? { index: few.index, where: allOf(given), left: [] } : straight;
      const looks = way.left.length === 0 ? limit : looksAtMost;
      const found = lookedAt(prepared, { ...way, keys, descending, after, looks });
      const within = found.slice(0, looks);
      const fitting = within.filter(({ fits }) => fits === 1);
      const last = fitting.length > limit ? fitting[limit - 1] : found.length > looks ? within.at(-1) : undefined;
      const items = fitting.slice(0, limit).map(rowAt);
      return last ? { items, next: cursorOf(label, placeOf(last, keys)) } : { items };
    },
  };
}

const placeOf = (found: Found, keys: readonly string[]): Place => keys.map((key) => found[key] ?? '');

const valuesOf = (all: readonly Condition[]): readonly SQLInputValue[] => all.flatMap(({ values }) => values);

const both = (all: readonly { readonly sql: string }[]): string => all.map(({ sql }) => sql).join(' AND ') || '1';

/** The planner would rather sort than go the way that it is shown. */
const from = (index: string, where: readonly { readonly sql: string }[]): string =>
  `FROM provider_status INDEXED BY ${index} WHERE ${both(where)}`;

/** So many rows as are looked at, and one more where there is one. */
function lookedAt(prepared: Prepared, { index, where, keys, descending, after, left, looks }: Looking) {
  const beyond: Condition = {
    sql: `(${keys.join(', ')}) ${descending ? '<' : '>'} (${keys.map(() => '?').join(', ')})`,
    values: after ?? [],
  };
  const wanted = after ? [...where, beyond] : where;
  const direction = descending ? 'DESC' : 'ASC';
  const sql = `
    SELECT place, ${keys.join(', ')}, ${both(left)} AS fits ${from(index, wanted)}
    ORDER BY ${keys.map((key) => `${key} ${direction}`).join(', ')} LIMIT ?`;
  return prepared(sql).all(...valuesOf(left), ...valuesOf(wanted), looks + 1) as unknown as readonly Found[];
}

type Prepared = (sql: string) => StatementSync;

/** Each statement is prepared once, as long as it is not one of too many. */
function preparedOn(db: DatabaseSync): Prepared {
  const known = new LRUCache<string, StatementSync>({ max: preparedAtMost });
  return (sql) => {
    const statement = known.get(sql) ?? db.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
}
