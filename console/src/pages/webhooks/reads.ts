/** What the pages of webhooks read. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { listDeliveries, listWebhooks, readWebhook } from '../../../../src/client/generated/sdk.gen.js';
import type { Deliveries, Webhook } from '../../../../src/client/generated/types.gen.js';
import { asked, askedList } from '../../api/asked.js';
import { aboutWebhooks, every, webhookKey } from '../../api/queries.js';

export type { Webhook };
export type Delivery = Deliveries['items'][number];

const everyMs = 10_000;
const pageSize = 50;

/** The pages that were asked for so far, as one list. */
export function useWebhooks() {
  const query = useInfiniteQuery({
    queryKey: [...aboutWebhooks, 'list'],
    queryFn: ({ pageParam: cursor, signal }) =>
      askedList(listWebhooks({ query: { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: every(everyMs),
  });
  const items = query.data?.pages.flatMap((page) => page.items);
  return { ...query, data: items && { items } };
}

export const useWebhook = (id: string) =>
  useQuery({
    queryKey: webhookKey(id),
    queryFn: ({ signal }) => asked(readWebhook({ path: { id }, signal }), 'id', 'url', 'state', 'types'),
    refetchInterval: every(everyMs),
  });

export const useDeliveries = (id: string) =>
  useQuery({
    queryKey: [...webhookKey(id), 'deliveries'],
    queryFn: ({ signal }) => askedList(listDeliveries({ path: { id }, signal })),
    refetchInterval: every(everyMs),
  });
