/** An append with everything settled that does not depend on what is stored, and what it becomes after the end of its stream. */
import { type Cause, type NewEvent } from '../../../application/ports/event-store.js';
import { RevisionConflict } from '../../../application/ports/event-store-errors.js';
import type { Codec } from './codec.js';
import { eventIdOf } from './event-id.js';
import { hashOf } from './hash.js';
import { encodeMetadata } from './metadata.js';
import type { StoredFact } from './recorded.js';
import type { StoredJson } from './stored-json.js';

export interface NewAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly EncodedEvent[];
}

export interface EncodedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly cause: Cause;
  readonly at: number;
}

/** The last event of a stream, as far as the next one rests on it; before the first the revision is -1. */
export interface ChainEnd {
  readonly revision: number;
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
}

/** A new event as it will be stored, and when it will say that it was recorded. */
export type ChainedEvent = StoredFact & Pick<ChainEnd, 'recordedAt'>;

/** The same command appended something else here before; its id stands for one decision only. */
class RepeatDiffers extends RevisionConflict {
  constructor({ stream, expectedRevision }: NewAppend, actualRevision: number, eventId: string) {
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
): NewAppend {
  const encoded = events.map(({ event, cause, at }, index) => {
    if (!Number.isSafeInteger(at))
      throw new RangeError(`at: ${at} is not a time in whole milliseconds since the epoch`);
    const eventId = eventIdOf(stream, expectedRevision + 1 + index, index, cause.commandId);
    return { eventId, type: event.type, data: codec.encode(event), cause, at };
  });
  return { stream, expectedRevision, events: encoded };
}

/** The event after the end of its stream: never recorded before its predecessor, and chained to it. */
export function chainedAfter(end: ChainEnd, stream: string, encoded: EncodedEvent): ChainedEvent {
  const { eventId, type, data, cause, at } = encoded;
  const recordedAt = Math.max(end.recordedAt, at);
  const metadata = encodeMetadata(cause, recordedAt);
  const unhashed = { stream, revision: end.revision + 1, eventId, type, previousHash: end.hash, data, metadata };
  return { ...unhashed, hash: hashOf(unhashed), recordedAt };
}

/**
 * The stored events of an append that was made before, `known` being what is stored of each; the time and the hashes are those
 * of the first time. Throws {@link RevisionConflict} when nothing of it is stored, {@link RepeatDiffers} when something else is.
 */
export function repeatOf<Stored extends StoredFact>(
  append: NewAppend,
  known: readonly (Stored | undefined)[],
  actualRevision: number,
): readonly Stored[] {
  if (!known.some(Boolean)) throw new RevisionConflict(append.stream, append.expectedRevision, actualRevision);
  return append.events.map(({ eventId, type, data }, index) => {
    const before = known[index];
    if (before?.type !== type || !holds(before.data, data)) throw new RepeatDiffers(append, actualRevision, eventId);
    return before;
  });
}

const holds = (stored: StoredJson, text: string): boolean =>
  typeof stored === 'string' ? stored === text : Buffer.compare(stored, Buffer.from(text)) === 0;
