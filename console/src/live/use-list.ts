/** A list, live: whenever something happens to a provider that the reader may see, the pages that are shown are read again. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Fact } from '../api/types.js';
import { type Connection, follow } from './follow.js';
import { gather } from './gather.js';
import { hasPosition } from './newest.js';

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

const pathAfter = (after: string): string =>
  after === '' ? '/v1/changes' : `/v1/changes?after=${encodeURIComponent(after)}`;

/**
 * Follows what happens after a position, once that is known (`undefined` while it is not, '' before the first fact), and
 * reads the queries under the key again. Answers with the connection, and with what the next reading must hold. After the
 * log was moved no position holds any more: all is read again, and `beginAnew` is to forget the one that was known.
 */
export function useListChanges(key: string, after: string | undefined, beginAnew: () => void) {
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
    const moved = async (): Promise<void> => {
      gathered.stop();
      setConnection('lost');
      newest.current = undefined;
      await client.resetQueries({ queryKey: [key] });
      if (!gone.signal.aborted) beginAnew();
    };
    const heard = (data: unknown) => hasPosition(data) && gathered.add(data);
    follow(pathAfter(after), { connection: setConnection, heard, moved }, gone.signal);
    return () => {
      gathered.stop();
      gone.abort();
    };
  }, [client, key, after, beginAnew]);
  return { connection, newest };
}
