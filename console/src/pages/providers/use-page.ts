/** One page of the list after another, by cursor: the service says whether there is a next one, not how many there are. */
import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { listProviders, searchProviders } from '../../../../src/client/generated/sdk.gen.js';
import { askedList } from '../../api/asked.js';
import { every } from '../../api/queries.js';
import type { Status } from '../../api/types.js';
import type { Person } from '../../auth/person.js';
import { newestOrOlder } from '../../live/newest.js';
import { useListChanges } from '../../live/use-list.js';
import { type Filters, filtersIn, paramsOf } from './filters.js';

const pageSize = 20;
/** A guess of how long something takes moves without a fact; while nothing is heard, everything may have moved. */
const [liveEveryMs, lostEveryMs] = [15_000, 4_000];
const accountId = /^\d{12}$/;
/** A page that comes short because few fit is made full, but not at any price. */
const readsAtMost = 5;

interface Wanted {
  readonly cursor: string | undefined;
  readonly newest: string | undefined;
}

function queryOf({ name, stage, origin, sort, descending }: Filters, { cursor, newest }: Wanted, limit: number) {
  return {
    limit,
    sort,
    order: descending ? ('desc' as const) : ('asc' as const),
    ...(cursor === undefined ? {} : { cursor }),
    ...(newest === undefined ? {} : { minPosition: newest }),
    ...(stage === undefined ? {} : { stage }),
    ...(origin === undefined ? {} : { origin }),
    ...(name === '' ? {} : accountId.test(name) ? { accountId: name } : { name }),
  };
}

async function readPage({ organization }: Person, filters: Filters, wanted: Wanted, signal: AbortSignal) {
  let items: readonly Status[] = [];
  let cursor = wanted.cursor;
  for (let reads = 1; ; reads++) {
    const query = queryOf(filters, { ...wanted, cursor }, pageSize - items.length);
    const page = await (organization === undefined
      ? askedList(searchProviders({ query, signal }))
      : askedList(listProviders({ path: { organization }, query, signal })));
    items = [...items, ...page.items];
    cursor = page.next;
    if (cursor === undefined || items.length >= pageSize || reads >= readsAtMost) return { ...page, items };
  }
}

const readShown = (person: Person, filters: Filters, wanted: Wanted, signal: AbortSignal) =>
  newestOrOlder(wanted.newest, (newest) => readPage(person, filters, { ...wanted, newest }, signal));

const noCursor = '';

const keyOf = (filters: string, cursor: string | undefined) => ['providers', filters, cursor ?? noCursor] as const;

/** Begins to read the first page while the page that is to show it is still being loaded and drawn. */
export function beginList(client: QueryClient, person: Person, params: URLSearchParams): void {
  const filters = filtersIn(params);
  client.prefetchQuery({
    queryKey: keyOf(paramsOf(filters).toString(), undefined),
    queryFn: ({ signal }) => readShown(person, filters, { cursor: undefined, newest: undefined }, signal),
  });
}

/** The page of these filters that is shown now, read again when something happens, and how to turn it. */
export function useProviderPage(person: Person, filters: Filters) {
  const key = paramsOf(filters).toString();
  const [place, setPlace] = useState({ key, page: 0, cursors: [undefined] as readonly (string | undefined)[] });
  const { page, cursors } = place.key === key ? place : { page: 0, cursors: [undefined] };
  const [begun, setBegun] = useState<string>();
  const beginAnew = useCallback(() => setBegun(undefined), []);
  const { connection, newest } = useListChanges('providers', begun, beginAnew);
  const query = useQuery({
    queryKey: keyOf(key, cursors[page]),
    queryFn: ({ signal }) => readShown(person, filters, { cursor: cursors[page], newest: newest.current }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: every(connection === 'live' ? liveEveryMs : lostEveryMs),
  });
  const { data } = query;
  // What the first answer holds need not be told; an empty log has no position.
  if (data && begun === undefined) setBegun(data.position ?? '');
  const next = data?.next;
  const known = next === undefined ? cursors.slice(0, page + 1) : [...cursors.slice(0, page + 1), next];
  return {
    query,
    connection,
    page,
    pages: known.length,
    more: next !== undefined,
    turnTo: (to: number) => setPlace({ key, page: Math.min(to, known.length - 1), cursors: known }),
  };
}
