/** The exceptions that were asked for so far, page after page, as one list. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { listExceptions } from '../../../../src/client/generated/sdk.gen.js';
import type { ExceptionPage } from '../../../../src/client/generated/types.gen.js';
import { askedList } from '../../api/asked.js';
import { every } from '../../api/queries.js';
import { type Filters, paramsOf } from './filters.js';

export type Exception = ExceptionPage['items'][number];

const everyMs = 15_000;
const pageSize = 50;
const dayMs = 86_400_000;

const queryOf = ({ shown, within, sort, descending }: Filters, cursor: string | undefined) => ({
  limit: pageSize,
  sort,
  order: descending ? ('desc' as const) : ('asc' as const),
  ...(shown === 'all' ? {} : { state: shown }),
  ...(within === undefined ? {} : { endingBy: new Date(Date.now() + Number(within) * dayMs).toISOString() }),
  ...(cursor === undefined ? {} : { cursor }),
});

/** What the list holds by these filters, kept up to date; and what keeps it from holding all, as the last page read tells it. */
export function useExceptions(filters: Filters) {
  const query = useInfiniteQuery({
    queryKey: ['all-exceptions', paramsOf(filters).toString()],
    queryFn: ({ pageParam, signal }) => askedList(listExceptions({ query: queryOf(filters, pageParam), signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: every(everyMs),
  });
  const pages = query.data?.pages;
  const { standstill, setAside } = pages?.at(-1) ?? {};
  return { ...query, data: pages && { items: pages.flatMap((page) => page.items) }, standstill, setAside };
}
