/** Every question and change the store puts to its file, prepared once per connection, with rows in the store's own terms. */
import type { DatabaseSync } from 'node:sqlite';
import { uuidBytes, uuidText } from './event-id.js';

/** One event as stored. */
export interface StoredEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** In hex, as is `hash`. */
  readonly previousHash: string;
  readonly hash: string;
}

/** The end of a stream: its number in the file, its last revision (-1: no event) and that event's hash. */
interface StreamEnd {
  readonly id: number;
  readonly revision: number;
  readonly hash: Uint8Array | null;
}

export interface Statements {
  /** The position of the last event, 0 in an empty log. */
  head(): number;
  /** The metadata bytes of the event at a position. */
  metadataAt(position: number): Uint8Array | undefined;
  streamEnd(stream: string): StreamEnd | undefined;
  addStream(stream: string): number;
  addEvent(streamId: number, event: StoredEvent): void;
  byEventId(eventId: string): StoredEvent | undefined;
  ofStream(stream: string): StoredEvent[];
  after(position: number, most: number): StoredEvent[];
  /** Begins, releases or undoes the part of a transaction that belongs to one append. */
  savepoint(): void;
  release(): void;
  undo(): void;
}

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly event_id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly previous_hash: string;
  readonly hash: string;
}

/** SQLite writes hex faster than byte arrays can be handed over. */
const rows = `SELECT position, name AS stream, revision, lower(hex(event_id)) AS event_id, type, data, metadata,
    lower(hex(previous_hash)) AS previous_hash, lower(hex(hash)) AS hash
  FROM events JOIN streams ON streams.id = events.stream`;

/** Prepares all statements on a connection; they are valid until it is closed. */
export function prepareStatements(db: DatabaseSync): Statements {
  const head = db.prepare('SELECT coalesce(max(position), 0) AS position FROM events');
  const metadataAt = db.prepare('SELECT metadata FROM events WHERE position = ?');
  const streamEnd = db.prepare(`SELECT s.id, coalesce(e.revision, -1) AS revision, e.hash
    FROM streams s LEFT JOIN events e ON e.stream = s.id WHERE s.name = ? ORDER BY e.revision DESC LIMIT 1`);
  const addStream = db.prepare('INSERT INTO streams SELECT coalesce(max(id), 0) + 1, ? FROM streams');
  const addEvent = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const byEventId = db.prepare(`${rows} WHERE event_id = ?`);
  const ofStream = db.prepare(`${rows} WHERE name = ? ORDER BY revision`);
  const after = db.prepare(`${rows} WHERE position > ? ORDER BY position LIMIT ?`);
  const [savepoint, release, undo] = ['SAVEPOINT one', 'RELEASE one', 'ROLLBACK TO one'].map((sql) => db.prepare(sql));
  return {
    head: () => (head.get() as { position: number }).position,
    metadataAt: (position) => (metadataAt.get(position) as { metadata: Uint8Array } | undefined)?.metadata,
    streamEnd: (stream) => streamEnd.get(stream) as StreamEnd | undefined,
    addStream: (stream) => Number(addStream.run(stream).lastInsertRowid),
    addEvent(id, { position, revision, eventId, type, data, metadata, previousHash, hash }) {
      const hashes = [Buffer.from(previousHash, 'hex'), Buffer.from(hash, 'hex')] as const;
      addEvent.run(position, id, revision, uuidBytes(eventId), type, data, metadata, ...hashes);
    },
    byEventId(eventId) {
      const row = byEventId.get(uuidBytes(eventId)) as Row | undefined;
      return row && stored(row);
    },
    ofStream: (stream) => (ofStream.all(stream) as unknown as Row[]).map(stored),
    after: (position, most) => (after.all(position, most) as unknown as Row[]).map(stored),
    savepoint: () => void savepoint?.run(),
    release: () => void release?.run(),
    undo() {
      undo?.run();
      release?.run();
    },
  };
}

function stored({ position, stream, revision, event_id, type, data, metadata, previous_hash, hash }: Row): StoredEvent {
  return {
    position,
    stream,
    revision,
    eventId: uuidText(event_id),
    type,
    data,
    metadata,
    previousHash: previous_hash,
    hash,
  };
}
