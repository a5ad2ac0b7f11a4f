/** How reads are kept: fresh for a moment, and tried again where trying again helps. */
import { type Query, QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem.js';

const freshMs = 2_000;
const triesAtMost = 2;
/** Where nothing could be read yet; the button that tries again is to stand still under a reader's hand. */
const nothingReadMs = 30_000;

type Reading = Pick<Query['state'], 'data' | 'status'>;

/** How long until something is read again. */
export const paceOf = ({ data, status }: Reading, everyMs: number): number =>
  data === undefined && status === 'error' ? nothingReadMs : everyMs;

/** The same, for a query that is read again and again. */
export const every =
  (everyMs: number) =>
  ({ state }: { readonly state: Reading }): number =>
    paceOf(state, everyMs);

/** What every query about webhooks has at the beginning of its key. */
export const aboutWebhooks = ['webhooks'] as const;

export const webhookKey = (id: string) => [...aboutWebhooks, id] as const;

/** A refusal stays one; a service that is away comes back. */
const helps = (error: unknown): boolean => {
  const { status } = asProblem(error);
  return status === 0 || status === 429 || status >= 500;
};

export const openQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshMs,
        networkMode: 'always',
        retry: (failures, error) => failures < triesAtMost && helps(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
