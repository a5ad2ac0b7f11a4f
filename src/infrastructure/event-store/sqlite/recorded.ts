/** Stored events as the port hands them out, or as poison when their bytes cannot be understood or are not what was recorded. */

import { wordsOf } from '../../../application/error-text.js';
import { type PoisonedEvent, type RecordedEvent } from '../../../application/ports/event-store.js';
import { PoisonError } from '../../../application/ports/event-store-errors.js';
import type { Codec } from '../format/codec.js';
import { decodeMetadata } from '../format/metadata.js';
import { positionOf } from './positions.js';
import type { StoredEvent } from './statements.js';

/** Why an event cannot be trusted though it can be decoded, `undefined` when it can. */
export type Distrust = (stored: StoredEvent) => string | undefined;

/** For what this process has written just now. */
export const trusted: Distrust = () => undefined;

/** The event as recorded; what cannot be decoded or trusted is answered as poison in its place. */
export function recordedOrPoison(
  logId: string,
  codec: Codec,
  stored: StoredEvent,
  distrust: Distrust,
): RecordedEvent | PoisonedEvent {
  const { stream, revision, eventId, previousHash, hash } = stored;
  const place = { position: positionOf(logId, stored.position), stream, revision };
  try {
    const { actor, role, causationId, correlationId, commandDigest, recordedAt } = decodeMetadata(stored.metadata);
    const cause = { causationId, commandDigest, correlationId, actor, role };
    const metadata = { eventId, ...cause, recordedAt, previousHash, hash };
    const { event, familiar } = codec.decode(stored.type, stored.data);
    const poison = distrust(stored);
    if (poison !== undefined) return { ...place, poison };
    return familiar ? { ...place, metadata, event } : { ...place, metadata, event, unfamiliar: true };
  } catch (error) {
    return { ...place, poison: wordsOf(error), ...hashIfWhole(stored, distrust) };
  }
}

/** What cannot be decoded may still be what was recorded, byte by byte. */
function hashIfWhole(stored: StoredEvent, distrust: Distrust): Pick<PoisonedEvent, 'hash'> {
  try {
    return distrust(stored) === undefined ? { hash: stored.hash } : {};
  } catch {
    return {};
  }
}

/** The events as recorded. Throws {@link PoisonError} at the first that cannot be decoded or trusted. */
export function recorded(
  logId: string,
  codec: Codec,
  all: readonly StoredEvent[],
  distrust: Distrust,
): readonly RecordedEvent[] {
  const events: RecordedEvent[] = [];
  for (const stored of all) {
    const event = recordedOrPoison(logId, codec, stored, distrust);
    if ('poison' in event) throw new PoisonError(event.stream, event.revision, event.poison, events);
    events.push(event);
  }
  return events;
}
