/** One append inside an open transaction: added at the expected revision, recognised as a repeat, or refused as a conflict. */
import { type Cause, type NewEvent } from '../../../application/ports/event-store.js';
import { RevisionConflict } from '../../../application/ports/event-store-errors.js';
import { endsTransaction } from '../../sqlite-failures.js';
import type { Codec } from '../format/codec.js';
import { eventIdOf } from '../format/event-id.js';
import { hashOf, noHash } from '../format/hash.js';
import { encodeMetadata } from '../format/metadata.js';
import type { StoredJson } from '../format/stored-json.js';
import type { End, Ends } from './ends.js';
import type { Statements, StoredEvent } from './statements.js';

/** An append with everything settled that does not depend on what is stored. */
export interface Append {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly EncodedEvent[];
}

interface EncodedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly cause: Cause;
  readonly at: number;
}

/** The same command appended something else here before; its id stands for one decision only. */
class RepeatDiffers extends RevisionConflict {
  constructor({ stream, expectedRevision }: Append, actualRevision: number, eventId: string) {
    super(stream, expectedRevision, actualRevision);
    this.message = `${stream}: event ${eventId} was stored with other contents; the same event id must carry the same bytes`;
  }
}

/** Derives ids and bytes. Throws what the codec throws, before anything is queued. */
export function encodeAppend(
  codec: Codec,
  stream: string,
  expectedRevision: number,
  events: readonly NewEvent[],
): Append {
  const encoded = events.map(({ event, cause, at }, index) => {
    if (!Number.isSafeInteger(at))
      throw new RangeError(`at: ${at} is not a time in whole milliseconds since the epoch`);
    const eventId = eventIdOf(stream, expectedRevision + 1 + index, index, cause.commandId);
    return { eventId, type: event.type, data: codec.encode(event), cause, at };
  });
  return { stream, expectedRevision, events: encoded };
}

/** Writes an append, or finds it written. Throws {@link RevisionConflict} or {@link RepeatDiffers}. */
export function writeAppend(statements: Statements, ends: Ends, append: Append): readonly StoredEvent[] {
  const last = ends.ofStream(append.stream);
  const revision = last?.revision ?? -1;
  if (revision !== append.expectedRevision) return repeated(statements, append, revision);
  if (append.events.length === 0) return [];
  const add = (id: number) => addAll(statements, ends, append, last ?? { id, revision, hash: noHash, recordedAt: 0 });
  // One row is added or not; SQLite sees to that by itself.
  if (last && append.events.length === 1) return add(last.id);
  return allOrNothing(statements, () => add(last?.id ?? statements.addStream(append.stream)));
}

/** Several rows are added or none; those of other appends in the same transaction stay. */
function allOrNothing<T>(statements: Statements, work: () => T): T {
  statements.savepoint();
  try {
    const done = work();
    statements.release();
    return done;
  } catch (error) {
    if (!endsTransaction(error)) statements.undo();
    throw error;
  }
}

function addAll(
  statements: Statements,
  ends: Ends,
  { stream, events }: Append,
  { id, ...last }: End,
): readonly StoredEvent[] {
  const stored: StoredEvent[] = [];
  let { revision, hash: previousHash, recordedAt } = last;
  let position = ends.position();
  for (const { eventId, type, data, cause, at } of events) {
    position += 1;
    revision += 1;
    recordedAt = Math.max(recordedAt, at);
    const metadata = encodeMetadata(cause, recordedAt);
    const unhashed = { stream, revision, eventId, type, previousHash, data, metadata };
    const hash = hashOf(unhashed);
    const event = { position, stream, revision, eventId, type, previousHash, data, metadata, hash };
    statements.addEvent(id, event);
    stored.push(event);
    previousHash = hash;
  }
  ends.moved(stream, { id, revision, hash: previousHash, recordedAt }, position);
  return stored;
}

/** The stored events of an append that was made before; the time and the hashes are those of the first time. */
function repeated(statements: Statements, append: Append, actualRevision: number): readonly StoredEvent[] {
  const known = append.events.map(({ eventId }) => statements.byEventId(eventId));
  if (!known.some(Boolean)) throw new RevisionConflict(append.stream, append.expectedRevision, actualRevision);
  return append.events.map(({ eventId, type, data }, index) => {
    const before = known[index];
    if (before?.type !== type || !holds(before.data, data)) throw new RepeatDiffers(append, actualRevision, eventId);
    return before;
  });
}

const holds = (stored: StoredJson, text: string): boolean =>
  typeof stored === 'string' ? stored === text : Buffer.compare(stored, Buffer.from(text)) === 0;
