/** What is asked of the log's file: a stream, a page of the log, and how far it reaches. */
import { errorText } from '../../../application/error-text.js';
import { type EventStore, type Page } from '../../../application/ports/event-store.js';
import { StoreUnavailable } from '../../../application/ports/event-store-errors.js';
import { isOfTheFile } from '../../sqlite-failures.js';
import type { Codec } from '../format/codec.js';
import { type Distrust, recorded, recordedOrPoison } from '../format/recorded.js';
import type { FlawIn, HashAt } from './chain.js';
import type { Connection } from './connection.js';
import { placed } from './positions.js';
import type { Statements, StoredEvent } from './statements.js';

/** Reads the file; throws {@link StoreUnavailable} when it cannot be read now. */
function ask<T>(connection: Connection, question: (log: Statements) => T): T {
  const { statements } = connection.get();
  try {
    return question(statements);
  } catch (error) {
    if (!isOfTheFile(error)) throw error;
    const words = `The event log cannot be read: ${errorText(error)}`;
    connection.readFailure = { words, at: Date.now() };
    throw new StoreUnavailable(words, { cause: error });
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

/** SQLite takes a negative limit for none. */
const all = -1;

/** The reads of one stream. */
export const streamReads = (
  connection: Connection,
  codec: Codec,
  chain: () => FlawIn,
): Pick<EventStore, 'read' | 'readLast'> => ({
  async read(stream, from = 0, atMost = all) {
    const stored = ask(connection, (log) => log.ofStream(stream, from, atMost));
    return recorded(codec, stored.map(placed(connection.logId)), chain());
  },
  async readLast(stream, atMost) {
    const stored = ask(connection, (log) => log.endOfStream(stream, atMost));
    return recorded(codec, stored.reverse().map(placed(connection.logId)), chain());
  },
});

/** So many events, with the hash of the last of them. */
export function endOf(connection: Connection, events: number): { readonly events: number; readonly hash?: string } {
  const [last] = ask(connection, (log) => log.after(events - 1, 1));
  return last?.position === events ? { events, hash: last.hash } : { events };
}

export const hashesOf =
  (connection: Connection): HashAt =>
  (stream, revision) =>
    ask(connection, (log) => log.hashAt(stream, revision));

export function pageAfter(
  connection: Connection,
  codec: Codec,
  flawIn: FlawIn,
  { n, atMost }: { readonly n: number; readonly atMost: number },
): { page: Page; upTo: number } {
  const stored = ask(connection, (log) => log.after(n, atMost));
  const upTo = stored.at(-1)?.position ?? n;
  const caughtUp = stored.length < atMost || upTo === ask(connection, headOf);
  const place = placed(connection.logId);
  const events = stored.map((event, i) => {
    const missing = event.position - (stored[i - 1]?.position ?? n) - 1;
    const distrust: Distrust<StoredEvent> =
      missing > 0 ? () => `${missing} events of the log are missing before it` : flawIn;
    return recordedOrPoison(codec, place(event), distrust);
  });
  return { page: { events, caughtUp }, upTo };
}
