/** A list, live: whenever something happens to a provider that the reader may see, the pages that are shown are read again. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Fact } from '../api/types.js';
import { type Connection, follow } from './follow.js';
import { gather } from './gather.js';

/** However much happens, a list is read again so often and no more. */
const restMs = 500;

/** Reads again and again, one reading after the other, as long as it is asked for meanwhile. */
function openRefresh(read: () => Promise<unknown>) {
  let wanted = false;
  let running = false;
  return async (): Promise<void> => {
    wanted = true;
    if (running) return;
    running = true;
    while (wanted) {
      wanted = false;
      await read();
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    running = false;
  };
}

/**
 * Follows what happens after a position, once that is known (`undefined` while it is not, '' before the first fact), and
 * reads the queries under the key again. Answers with the connection, and with what the next reading must hold.
 */
export function useListChanges(key: string, after: string | undefined) {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  const newest = useRef<string>(undefined);
  useEffect(() => {
    if (after === undefined) return;
    const gone = new AbortController();
    const refresh = openRefresh(async () => {
      if (!gone.signal.aborted) await client.invalidateQueries({ queryKey: [key] });
    });
    const gathered = gather<Fact>((facts) => {
      newest.current = facts.at(-1)?.position;
      refresh();
    });
    const path = after === '' ? '/v1/changes' : `/v1/changes?after=${encodeURIComponent(after)}`;
    const listener = { connection: setConnection, heard: (data: unknown) => gathered.add(data as Fact) };
    follow(path, listener, gone.signal);
    return () => {
      gathered.stop();
      gone.abort();
    };
  }, [client, key, after]);
  return { connection, newest };
}
