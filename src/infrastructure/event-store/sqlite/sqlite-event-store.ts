/** The event store on SQLite: one file, one process that writes, every append on disk before it is answered. */
import type { DatabaseSync } from 'node:sqlite';
import { errorText } from '../../../application/error-text.js';
import type { EventStore, Position, RecordedEvent } from '../../../application/ports/event-store.js';
import type { DomainEvent } from '../../../domain/events.js';
import type { KnownLog } from '../../../domain/log.js';
import { openAppendSignal } from '../append-signal.js';
import { type Codec, domainCodec } from '../format/codec.js';
import { encodeAppend } from '../format/new-append.js';
import { readable } from '../format/recorded.js';
import type { OverChecks } from './chain.js';
import type { Commit } from './commit-group.js';
import { type Connection, openConnection } from './connection.js';
import { type FreshEvents, openFreshEvents } from './fresh-events.js';
import { type GroupCommit, openGroupCommit } from './group-commit.js';
import { openLogReads } from './log-reads.js';
import { positionOf } from './positions.js';
import { endOf } from './reads.js';

export interface SqliteEventStoreOptions {
  /** Made with its folder if it is missing. */
  readonly file: string;
  readonly codec?: Codec;
  /** What stands over the check of each event that is read, such as who counts what is found. */
  readonly overChecks?: OverChecks;
  /** How a transaction is ended; for tests of what happens when that fails. */
  readonly commit?: (db: DatabaseSync) => void;
}

export interface SqliteEventStore extends EventStore {
  readonly logId: string;
  /** How far the log reaches, with the hash of its last event. Throws {@link StoreUnavailable} when it cannot be read now. */
  reach(): KnownLog;
}

/**
 * Opens the log in a file. Throws when the file is something else, or cannot be opened. Others may read and even append to
 * the file meanwhile; a follow is woken by appends of this store only, and finds those of others along with them.
 */
export function openSqliteEventStore({
  file,
  codec = domainCodec,
  overChecks,
  commit,
}: SqliteEventStoreOptions): SqliteEventStore {
  const connection = openConnection(file);
  const { logId } = connection;
  const appended = openAppendSignal();
  const fresh = openFreshEvents(codec, logId);
  const { reads, reach } = openLogReads(connection, codec, { appended, fresh, overChecks });
  const end: Commit = commit ? ({ db }) => commit(db) : ({ statements }) => statements.commit();
  const group = openGroupCommit(connection, end, (stored) => {
    fresh.add(stored);
    reach.saw(stored.reduce((upTo, { position }) => Math.max(upTo, position), 0));
    appended.give();
  });
  const head = (): Position | undefined => (reach.seen() === 0 ? undefined : positionOf(logId, reach.seen()));

  return {
    logId,
    head,
    ...reads,
    reach: () => ({ logId, ...endOf(connection, reach.seen()) }),
    append: (...asked) => append({ connection, codec, group, fresh }, ...asked),
    health: () => ({ ...troubleOf(connection, group), head: head() }),
    async close() {
      group.drain();
      connection.close();
      appended.give();
    },
  };
}

interface Appending {
  readonly connection: Connection;
  readonly codec: Codec;
  readonly group: GroupCommit;
  readonly fresh: FreshEvents;
}

/** What this version has just written it can read as well. */
async function append(
  { connection, codec, group, fresh }: Appending,
  ...asked: Parameters<EventStore['append']>
): Promise<readonly RecordedEvent<DomainEvent>[]> {
  connection.get();
  const stored = await group.submit(encodeAppend(codec, ...asked));
  return readable(stored.map(fresh.decoded)) as readonly RecordedEvent<DomainEvent>[];
}

/** A log that cannot be opened is told before what its last group came to. */
function troubleOf(connection: Connection, { waiting, trouble }: GroupCommit) {
  const { findings, readFailure } = connection;
  const known = { waiting: waiting(), findings, readFailure, recordedUpTo: undefined };
  try {
    const { ends } = connection.get();
    return { ...known, ...trouble(), recordedUpTo: ends.latestTime() };
  } catch (error) {
    return { ...known, problem: errorText(error), failedAt: Date.now() };
  }
}
