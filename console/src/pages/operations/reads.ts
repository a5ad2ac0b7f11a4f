/** What the page of operations watches, each read again by itself. */
import { useQuery } from '@tanstack/react-query';
import {
  listPayers,
  readProjections,
  readQuarantine,
  readQueue,
  readReconciliation,
  searchProviders,
} from '../../../../src/client/generated/sdk.gen.js';
import type {
  ListPayersResponse,
  ReadProjectionsResponse,
  ReadQueueResponse,
} from '../../../../src/client/generated/types.gen.js';
import { asked, askedList } from '../../api/asked.js';
import { every } from '../../api/queries.js';
import { type Anomaly, anomaliesIn } from '../../format/operations.js';

const everyMs = 5_000;
const most = 50;

export type Payer = ListPayersResponse['items'][number];
export type Queued = ReadQueueResponse['items'][number];
export type Model = ReadProjectionsResponse['items'][number];

export const payersKey = ['payers'] as const;

export const usePayers = () =>
  useQuery({
    queryKey: payersKey,
    refetchInterval: every(everyMs),
    queryFn: ({ signal }) => askedList(listPayers({ signal })),
  });

export const useQueue = () =>
  useQuery({
    queryKey: ['queue'],
    refetchInterval: every(everyMs),
    queryFn: ({ signal }) => askedList(readQueue({ query: { limit: most }, signal })),
  });

export const useHalted = () =>
  useQuery({
    queryKey: ['halted'],
    refetchInterval: every(everyMs),
    queryFn: ({ signal }) => askedList(searchProviders({ query: { stage: 'halted', limit: most }, signal })),
  });

export const useAnomalies = () =>
  useQuery<{ readonly items: readonly Anomaly[] }>({
    queryKey: ['anomalies'],
    refetchInterval: every(everyMs),
    queryFn: async ({ signal }) => {
      const calls = [askedList(readQuarantine({ signal })), asked(readReconciliation({ signal }))] as const;
      return { items: anomaliesIn(...(await Promise.all(calls))) };
    },
  });

export const useModels = () =>
  useQuery({
    queryKey: ['models'],
    refetchInterval: every(everyMs),
    queryFn: ({ signal }) => askedList(readProjections({ signal })),
  });
