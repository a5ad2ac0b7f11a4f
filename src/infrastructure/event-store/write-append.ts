/** One append inside an open transaction: added at the expected revision, recognised as a repeat, or refused as a conflict. */
import { type Cause, type NewEvent, RevisionConflict } from '../../application/event-store.js';
import type { Codec } from './codec.js';
import { eventIdOf } from './event-id.js';
import { hashOf, noHash } from './hash.js';
import { decodeMetadata, encodeMetadata } from './metadata.js';
import type { Statements, StoredEvent, StoredJson } from './statements.js';

/** An append with everything settled that does not depend on what is stored. */
export interface Append {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly EncodedEvent[];
}

interface EncodedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly cause: Cause;
  readonly at: number;
}

/** The last event of the log: its position (0: none) and when it was recorded, in milliseconds since the epoch. */
export interface LogEnd {
  readonly position: number;
  readonly recordedAt: number;
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

/** Where the log ends now. A last event with unreadable metadata has no say in the time of the next. */
export function endOfLog(statements: Statements): LogEnd {
  const position = statements.head();
  const metadata = statements.metadataAt(position);
  if (!metadata) return { position, recordedAt: 0 };
  try {
    return { position, recordedAt: Date.parse(decodeMetadata(metadata).recordedAt) };
  } catch {
    return { position, recordedAt: 0 };
  }
}

/** What an append came to, and where the log ends after it. */
export interface Written {
  readonly stored: readonly StoredEvent[];
  readonly end: LogEnd;
}

/** Writes an append, or finds it written. Throws {@link RevisionConflict} or {@link RepeatDiffers}. */
export function writeAppend(statements: Statements, append: Append, end: LogEnd): Written {
  const last = statements.streamEnd(append.stream);
  const revision = last?.revision ?? -1;
  if (revision !== append.expectedRevision) return { stored: repeated(statements, append, revision), end };
  const [first] = append.events;
  if (!first) return { stored: [], end };
  const streamId = last?.id ?? statements.addStream(append.stream);
  const previousHash = last?.hash ? Buffer.from(last.hash).toString('hex') : noHash;
  return addAll(statements, append, { streamId, previousHash, end });
}

interface Behind {
  readonly streamId: number;
  readonly previousHash: string;
  readonly end: LogEnd;
}

function addAll(statements: Statements, { stream, expectedRevision, events }: Append, behind: Behind): Written {
  const stored: StoredEvent[] = [];
  let { previousHash } = behind;
  let { position, recordedAt } = behind.end;
  for (const { eventId, type, data, cause, at } of events) {
    position += 1;
    recordedAt = Math.max(recordedAt, at);
    const revision = expectedRevision + 1 + stored.length;
    const metadata = encodeMetadata(cause, recordedAt);
    const unhashed = { stream, revision, eventId, type, previousHash, data, metadata };
    const event = { ...unhashed, position, hash: hashOf(unhashed) };
    statements.addEvent(behind.streamId, event);
    stored.push(event);
    previousHash = event.hash;
  }
  return { stored, end: { position, recordedAt } };
}

/** The stored events of an append that was made before; the time and the hashes are those of the first time. */
function repeated(statements: Statements, append: Append, actualRevision: number): readonly StoredEvent[] {
  const known = append.events.map(({ eventId }) => statements.byEventId(eventId));
  if (!known.some(Boolean)) throw new RevisionConflict(append.stream, append.expectedRevision, actualRevision);
  return append.events.map(({ eventId, type, data }, index) => {
    const before = known[index];
    if (before?.type !== type || !sameBytes(before.data, data))
      throw new RepeatDiffers(append, actualRevision, eventId);
    return before;
  });
}

const sameBytes = (a: StoredJson, b: Uint8Array): boolean =>
  Buffer.compare(typeof a === 'string' ? Buffer.from(a) : a, b) === 0;
