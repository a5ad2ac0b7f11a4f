/** What is asked of the log's file: a stream, a page of the log, and how far it reaches. */
import { wordsOf } from '../../../application/error-text.js';
import { type EventStore, type Page, StoreUnavailable } from '../../../application/streams/event-store.js';
import type { Codec } from '../format/codec.js';
import { recordedAt } from '../format/metadata.js';
import { type Chain, openChain } from './chain.js';
import type { Connection } from './connection.js';
import { isOfTheFile } from './failures.js';
import { type Distrust, recorded, recordedOrPoison } from './recorded.js';
import type { Statements, StoredEvent } from './statements.js';

const pageSize = 1_000;

/** Reads the file; throws {@link StoreUnavailable} when it cannot be read now. */
function ask<T>(connection: Connection, question: (log: Statements) => T): T {
  const { statements } = connection.get();
  try {
    return question(statements);
  } catch (error) {
    if (!isOfTheFile(error)) throw error;
    throw new StoreUnavailable(`The event log cannot be read: ${wordsOf(error)}`, { cause: error });
  }
}

const headOf = (log: Statements): number => log.head();

/** How far the log is known to reach; the file is asked only for what lies beyond, which another process wrote. */
export function knownReach(connection: Connection) {
  let seen = connection.get().statements.head();
  const saw = (upTo: number): number => {
    seen = Math.max(seen, upTo);
    return seen;
  };
  const atLeast = (wanted: number): number => (wanted <= seen ? seen : saw(ask(connection, headOf)));
  return { seen: () => seen, saw, atLeast };
}

/** The latest time at which an event is said to have been recorded, as far as the last events tell. */
export function latestTime(connection: Connection) {
  const end = ask(connection, (log) => log.after(log.head() - 1, 1));
  let latest: number | undefined;
  const saw = (stored: readonly StoredEvent[]): void => {
    const last = stored.at(-1);
    if (last) latest = Math.max(latest ?? 0, recordedAt(last.metadata));
  };
  saw(end);
  return { saw, recordedAt: () => latest };
}

/** SQLite takes a negative limit for none. */
const all = -1;

/** The reads of one stream. */
export const streamReads = (
  connection: Connection,
  codec: Codec,
  { flawIn }: Chain,
): Pick<EventStore, 'read' | 'readLast'> => ({
  async read(stream, from = 0, atMost = all) {
    const stored = ask(connection, (log) => log.ofStream(stream, from, atMost));
    return recorded(connection.logId, codec, stored, flawIn);
  },
  async readLast(stream, atMost) {
    const stored = ask(connection, (log) => log.endOfStream(stream, atMost));
    return recorded(connection.logId, codec, stored.reverse(), flawIn);
  },
});

/** The hashes of events that are asked for one by one. */
export const chainOf = (connection: Connection): Chain =>
  openChain((stream, revision) => ask(connection, (log) => log.hashAt(stream, revision)));

export function pageAfter(
  connection: Connection,
  codec: Codec,
  { flawIn }: Chain,
  n: number,
): { page: Page; upTo: number } {
  const stored = ask(connection, (log) => log.after(n, pageSize));
  const upTo = stored.at(-1)?.position ?? n;
  const caughtUp = stored.length < pageSize || upTo === ask(connection, headOf);
  const events = stored.map((event, i) => {
    const missing = event.position - (stored[i - 1]?.position ?? n) - 1;
    const distrust: Distrust = missing > 0 ? () => `${missing} events of the log are missing before it` : flawIn;
    return recordedOrPoison(connection.logId, codec, event, distrust);
  });
  return { page: { events, caughtUp }, upTo };
}
