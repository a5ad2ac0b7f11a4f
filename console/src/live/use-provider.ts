/** One provider, live: its status as it is now and every fact of its history as it happens. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readProvider } from '../../../src/client/generated/sdk.gen.js';
import { asked } from '../api/asked.js';
import { paceOf } from '../api/queries.js';
import type { Fact, Status } from '../api/types.js';
import { isSettled } from '../format/stages.js';
import { type Connection, follow } from './follow.js';
import { gather } from './gather.js';
import { hasPosition } from './newest.js';

const movingEveryMs = 3_000;
const settledEveryMs = 60_000;

/** What every query about a provider has at the beginning of its key. */
export const aboutProvider = (id: string) => ['provider', id] as const;

export const providerKey = (id: string, at?: string) => [...aboutProvider(id), at ?? 'now'] as const;

const read = (id: string, query: { readonly at?: string; readonly minPosition?: string }, signal?: AbortSignal) =>
  asked(readProvider({ path: { id }, query, ...(signal ? { signal } : {}) }), 'id', 'stage', 'steps', 'position');

/** Answers may overtake each other; the position of the fact that a status rests on says which is newer. */
const placeOf = ({ position }: Status): number => Number(position.slice(position.lastIndexOf(':') + 1));

/** The provider as it is, or as it was at a time; what is awaited changes without a fact, so it is read again while it moves. */
export function useStatus(id: string, at?: string) {
  return useQuery<Status>({
    queryKey: providerKey(id, at),
    queryFn: ({ signal }) => read(id, at === undefined ? {} : { at }, signal),
    placeholderData: (before) => (before?.id === id ? before : undefined),
    refetchInterval: ({ state }) => {
      if (at !== undefined) return false;
      return paceOf(state, state.data && isSettled(state.data.stage) ? settledEveryMs : movingEveryMs);
    },
  });
}

/** All facts so far, and how the connection stands; each new fact brings a status that is at least as new. */
export function useFacts(id: string): { readonly facts: readonly Fact[]; readonly connection: Connection } {
  const client = useQueryClient();
  const [facts, setFacts] = useState<readonly Fact[]>([]);
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const gone = new AbortController();
    setFacts([]);
    const tell = async (fresh: readonly Fact[]): Promise<void> => {
      // After the log was moved, all of them are told again.
      setFacts((before) => {
        const known = new Set(before.map((fact) => fact.id));
        return [...before, ...fresh.filter((fact) => !known.has(fact.id))];
      });
      const minPosition = fresh.at(-1)?.position;
      const status = await read(id, minPosition === undefined ? {} : { minPosition }, gone.signal).catch(
        () => undefined,
      );
      if (!status || gone.signal.aborted) return;
      client.setQueryData<Status>(providerKey(id), (shown) =>
        shown && placeOf(shown) > placeOf(status) ? shown : status,
      );
    };
    const gathered = gather<Fact>(tell);
    const listener = { connection: setConnection, heard: (data: unknown) => hasPosition(data) && gathered.add(data) };
    follow(`/v1/providers/${encodeURIComponent(id)}/changes`, listener, gone.signal);
    return () => {
      gathered.stop();
      gone.abort();
    };
  }, [id, client]);
  return { facts, connection };
}
