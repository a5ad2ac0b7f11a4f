/** The event store on SQLite: one file, one process that writes, every append on disk before it is answered. */
import type { DatabaseSync } from 'node:sqlite';
import { wordsOf } from '../../../application/error-text.js';
import {
  type EventStore,
  type Page,
  type Position,
  type RecordedEvent,
  StoreUnavailable,
} from '../../../application/streams/event-store.js';
import { type Codec, domainCodec } from '../format/codec.js';
import { type Connection, openConnection } from './connection.js';
import { hangDoorbell } from './doorbell.js';
import { isOfTheFile } from './failures.js';
import { follow, type Source } from './follow.js';
import { type Commit, openGroupCommit, type Trouble } from './group-commit.js';
import { placeOf, positionOf } from './positions.js';
import { recorded, recordedOrPoison } from './recorded.js';
import type { Statements } from './statements.js';
import { encodeAppend } from './write-append.js';

export interface SqliteEventStoreOptions {
  /** Made with its folder if it is missing. */
  readonly file: string;
  readonly codec?: Codec;
  /** How a transaction is ended; for tests of what happens when that fails. */
  readonly commit?: (db: DatabaseSync) => void;
}

interface StoreHealth extends Trouble {
  readonly head: Position | undefined;
  /** Appends that wait for their transaction. */
  readonly waiting: number;
}

export interface SqliteEventStore extends EventStore {
  readonly logId: string;
  /** The position of the last event, `undefined` in an empty log. */
  head(): Position | undefined;
  health(): StoreHealth;
  /** Writes what is queued, ends every follow and closes the file; later calls are refused as unavailable. */
  close(): Promise<void>;
}

const pageSize = 1_000;

/**
 * Opens the log in a file. Throws when the file is something else, or cannot be opened. Others may read and even append to
 * the file meanwhile; a follow is woken by appends of this store only, and finds those of others along with them.
 */
export function openSqliteEventStore({ file, codec = domainCodec, commit }: SqliteEventStoreOptions): SqliteEventStore {
  const connection = openConnection(file);
  const { logId } = connection;
  const bell = hangDoorbell();
  const reach = knownReach(connection);
  const place = (position: Position): number => placeOf(logId, position, reach.atLeast);
  const end: Commit = commit ? ({ db }) => commit(db) : ({ statements }) => statements.commit();
  const group = openGroupCommit(connection, end, (upTo) => {
    reach.saw(upTo);
    bell.ring();
  });
  const head = (): Position | undefined => (reach.seen() === 0 ? undefined : positionOf(logId, reach.seen()));
  const source: Source = {
    bell,
    page: (n) => pageAfter(connection, codec, n),
    get closed() {
      return connection.closed;
    },
  };

  return {
    logId,
    head,
    read: async (stream) => readStream(connection, codec, stream),
    append: async (stream, expectedRevision, events) => {
      connection.get();
      return recorded(logId, codec, await group.submit(encodeAppend(codec, stream, expectedRevision, events)));
    },
    async *follow(after, signal) {
      yield* follow(source, after === undefined ? 0 : place(after), signal);
    },
    compare: (a, b) => place(a) - place(b),
    health: () => ({ ...troubleOf(connection, group.trouble), head: head(), waiting: group.waiting }),
    async close() {
      group.drain();
      connection.close();
      bell.ring();
    },
  };
}

/** A log that cannot be opened is told before what its last group came to. */
function troubleOf(connection: Connection, ofLastGroup: Trouble): Trouble {
  try {
    connection.get();
    return ofLastGroup;
  } catch (error) {
    return { problem: wordsOf(error), failedAt: Date.now() };
  }
}

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
function knownReach(connection: Connection) {
  let seen = connection.get().statements.head();
  const saw = (upTo: number): number => {
    seen = Math.max(seen, upTo);
    return seen;
  };
  const atLeast = (wanted: number): number => (wanted <= seen ? seen : saw(ask(connection, headOf)));
  return { seen: () => seen, saw, atLeast };
}

function readStream(connection: Connection, codec: Codec, stream: string): readonly RecordedEvent[] {
  const stored = ask(connection, (log) => log.ofStream(stream));
  return recorded(connection.logId, codec, stored);
}

function pageAfter(connection: Connection, codec: Codec, n: number): { page: Page; upTo: number } {
  const stored = ask(connection, (log) => log.after(n, pageSize));
  const upTo = stored.at(-1)?.position ?? n;
  const caughtUp = stored.length < pageSize || upTo === ask(connection, headOf);
  return { page: { events: stored.map((s) => recordedOrPoison(connection.logId, codec, s)), caughtUp }, upTo };
}
