/** Searches over all providers: each by the one index that narrows it most, and never more rows at once than a bound. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ListPage, PageOf, ProviderRow, ProviderSearch, ReadModels } from '../../application/ports/read-models.js';
import { cursorOf, placeIn } from '../engine/cursors.js';
import { comparable } from './provider-search.js';

interface Found {
  readonly id: string;
  readonly key: string;
  readonly organization: string;
  readonly stage: string;
  readonly name: string;
  readonly account: string | null;
}

/** A way through the providers: along one index, in its order, beginning with rows that fit one criterion. */
interface Way {
  readonly along: string;
  readonly fits: string;
  /** The table whose id breaks ties. */
  readonly of: 'p' | 's';
  readonly key: string;
  readonly newestFirst: boolean;
}

const fromStatus = 'provider_status p CROSS JOIN provider_search s ON s.provider_id = p.provider_id';
const fromSearch = 'provider_search s CROSS JOIN provider_status p ON p.provider_id = s.provider_id';
const byStatus = { along: fromStatus, of: 'p', key: 'p.requested_at', newestFirst: true } as const;
const bySearch = { along: fromSearch, of: 's', key: 's.requested_at', newestFirst: true } as const;

/** One way for each criterion, and one for none. The second part of `stage` is what its index is limited to. */
const ways = {
  accountId: { ...bySearch, fits: 's.account_id = ?1' },
  organization: { ...byStatus, fits: 'p.organization = ?1' },
  name: { ...bySearch, key: 's.name', newestFirst: false, fits: 's.name >= ?1 AND s.name < ?1 || char(1114111)' },
  stage: { ...byStatus, fits: "p.stage = ?1 AND p.stage <> 'active'" },
  nothing: { ...bySearch, fits: '?1 IS NULL' },
} as const satisfies Readonly<Record<keyof ProviderSearch | 'nothing', Way>>;

/** The criteria in the order in which the first that is given leads. */
const leading = ['accountId', 'organization', 'name', 'stage'] as const;

/** Bounds how long one search keeps the process from everything else. */
const looksAtMost = 2_000;

/** Prepares the searches; `row` reads one provider whole. */
export function searchReads(db: DatabaseSync, row: ReadModels['provider']): Pick<ReadModels, 'search'> {
  const statements = Object.fromEntries(
    Object.entries(ways).map(([name, way]) => [name, db.prepare(sqlOf(way))]),
  ) as unknown as Readonly<Record<keyof typeof ways, StatementSync>>;
  return {
    search(given, { limit, cursor }: PageOf): ListPage<ProviderRow> {
      const search = given.name === undefined ? given : { ...given, name: comparable(given.name) };
      const criteria = leading.filter((criterion) => search[criterion] !== undefined);
      // Nearly all are active sooner or later, so that any way meets them soon.
      const by = criteria.find((criterion) => criterion !== 'stage' || search.stage !== 'active');
      const way = by ?? 'nothing';
      const [key, id] = cursor === undefined ? [ways[way].newestFirst ? '9' : '', ''] : placeIn(cursor);
      const looks = criteria.length > (by ? 1 : 0) ? looksAtMost : limit;
      const looked = statements[way].all(by ? (search[by] ?? null) : null, key, id, looks + 1) as unknown as Found[];
      return pageOf(looked, looks, search, limit, row);
    },
  };
}

function sqlOf({ along, fits, of, key, newestFirst }: Way): string {
  const [direction, beyond] = newestFirst ? ['DESC', '<'] : ['ASC', '>'];
  return `
    SELECT p.provider_id AS id, ${key} AS key, p.organization, p.stage, s.name, s.account_id AS account
    FROM ${along}
    WHERE ${fits} AND ${key} ${beyond}= ?2 AND (${key} ${beyond} ?2 OR ${of}.provider_id > ?3)
    ORDER BY ${key} ${direction}, ${of}.provider_id LIMIT ?4`;
}

/** The rows that fit all of the search; `next` says where to look on, also after few or none. */
function pageOf(
  looked: readonly Found[],
  looks: number,
  search: ProviderSearch,
  limit: number,
  row: ReadModels['provider'],
): ListPage<ProviderRow> {
  const within = looked.slice(0, looks);
  const fitting = within.filter((found) => fits(found, search));
  const items = fitting.slice(0, limit).flatMap(({ id }) => row(id) ?? []);
  const last = fitting.length > limit ? fitting[limit - 1] : looked.length > looks ? within.at(-1) : undefined;
  return last ? { items, next: cursorOf(last.key, last.id) } : { items };
}

const fits = (found: Found, { organization, stage, name, accountId }: ProviderSearch): boolean =>
  (organization === undefined || found.organization === organization) &&
  (stage === undefined || found.stage === stage) &&
  (accountId === undefined || found.account === accountId) &&
  (name === undefined || found.name.startsWith(name));
