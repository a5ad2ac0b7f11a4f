/** Stored events as the port hands them out, or as poison when their bytes cannot be understood or are not what was recorded. */

import { errorText } from '../../../application/error-text.js';
import { type PoisonedEvent, type Position, type RecordedEvent } from '../../../application/ports/event-store.js';
import { PoisonError } from '../../../application/ports/event-store-errors.js';
import type { Codec } from './codec.js';
import type { Hashed } from './hash.js';
import { decodeMetadata } from './metadata.js';

/** An event as any store keeps it, wherever it lies. */
export interface StoredFact extends Hashed {
  /** In hex. */
  readonly hash: string;
}

/** An event with its place in the log. */
export interface PlacedFact<Stored extends StoredFact> {
  readonly position: Position;
  readonly stored: Stored;
}

/** Why an event cannot be trusted though it can be decoded, `undefined` when it can. */
export type Distrust<Stored extends StoredFact> = (stored: Stored) => string | undefined;

/** For what this process has written just now. */
export const trusted = (): undefined => undefined;

/** The event as recorded; what cannot be decoded or trusted is answered as poison in its place. */
export function recordedOrPoison<Stored extends StoredFact>(
  codec: Codec,
  { position, stored }: PlacedFact<Stored>,
  distrust: Distrust<Stored>,
): RecordedEvent | PoisonedEvent {
  const { stream, revision, eventId, previousHash, hash } = stored;
  const place = { position, stream, revision };
  try {
    const said = decodeMetadata(stored.metadata);
    const { actor, role, onBehalfOf, causationId, commandDigest, correlationId, recordedAt } = said;
    const cause = { causationId, commandDigest, correlationId, recordedAt, previousHash, hash };
    // Nearly all facts name nobody, and this is done for each one that is read.
    const metadata =
      onBehalfOf === undefined ? { eventId, actor, role, ...cause } : { eventId, actor, role, onBehalfOf, ...cause };
    const { event, familiar } = codec.decode(stored.type, stored.data);
    const poison = distrust(stored);
    if (poison !== undefined) return { ...place, poison };
    return familiar ? { ...place, metadata, event } : { ...place, metadata, event, unfamiliar: true };
  } catch (error) {
    return { ...place, poison: errorText(error), ...hashIfWhole(stored, distrust) };
  }
}

/** What cannot be decoded may still be what was recorded, byte by byte. */
function hashIfWhole<Stored extends StoredFact>(
  stored: Stored,
  distrust: Distrust<Stored>,
): Pick<PoisonedEvent, 'hash'> {
  try {
    return distrust(stored) === undefined ? { hash: stored.hash } : {};
  } catch {
    return {};
  }
}

/** The events as recorded. Throws {@link PoisonError} at the first that cannot be decoded or trusted. */
export function recorded<Stored extends StoredFact>(
  codec: Codec,
  all: readonly PlacedFact<Stored>[],
  distrust: Distrust<Stored>,
): readonly RecordedEvent[] {
  return readable(all.map((placed) => recordedOrPoison(codec, placed, distrust)));
}

/** The same events. Throws {@link PoisonError} at the first that could not be decoded or trusted. */
export function readable(all: readonly (RecordedEvent | PoisonedEvent)[]): readonly RecordedEvent[] {
  const events: RecordedEvent[] = [];
  for (const event of all) {
    if ('poison' in event) throw new PoisonError(event.stream, event.revision, event.poison, events);
    events.push(event);
  }
  return events;
}
