/** What can be read over a connection to the log's file, whoever appends to it. */
import type { EventStore } from '../../../application/ports/event-store.js';
import type { AppendSignal } from '../append-signal.js';
import type { Codec } from '../format/codec.js';
import { chainOfLog, chainOfStream, type OverChecks } from './chain.js';
import type { Connection } from './connection.js';
import { follow, type Source } from './follow.js';
import type { FreshEvents } from './fresh-events.js';
import { openPositions } from './positions.js';
import { hashesOf, knownReach, pageAfter, streamReads } from './reads.js';

export type LogReads = Pick<EventStore, 'read' | 'readLast' | 'follow' | 'compare' | 'owns'>;

/** What stands beside a connection. */
interface Beside {
  readonly appended: AppendSignal;
  /** What is appended here, where anything is. */
  readonly fresh?: FreshEvents;
  readonly overChecks?: OverChecks | undefined;
}

/** Prepares the reads; a follow that has come to the end of the log sleeps until the next append. */
export function openLogReads(
  connection: Connection,
  codec: Codec,
  { appended, fresh, overChecks = (check) => check }: Beside,
) {
  const hashAt = hashesOf(connection);
  const reach = knownReach(connection);
  const { place, ...meaning } = openPositions(connection.logId, reach.atLeast);
  const flawIn = overChecks(chainOfLog(hashAt));
  const page: Source['page'] = (n, atMost) => pageAfter(connection, codec, flawIn, { n, atMost });
  const source: Source = {
    appended,
    page,
    news: (n, atMost) => fresh?.pageAfter(n, atMost) ?? page(n, atMost),
    closed: () => connection.closed,
  };
  const reads: LogReads = {
    ...streamReads(connection, codec, () => overChecks(chainOfStream(hashAt))),
    async *follow(after, signal, pace) {
      yield* follow(source, after === undefined ? 0 : place(after), signal, pace);
    },
    ...meaning,
  };
  return { reads, reach };
}
