/** What this process appended a moment ago, so that the log that tells it of them need not be decoded and hashed once more. */
import type { RecordedEvent } from '../../../application/ports/event-store.js';
import type { StoredFact } from '../format/recorded.js';
import type { Appended } from './appends.js';
import type { SentEvent } from './subscription-messages.js';
import type { Found, StreamNames, WireEvent } from './wire.js';

interface Own {
  readonly stored: StoredFact;
  /** As it was sent. */
  readonly wire: WireEvent;
  readonly event: RecordedEvent;
}

/** The log tells of an append within milliseconds; what it has not told by then is read as any other event is. */
const mostKept = 2_000;

export class OwnAppends {
  readonly #kept = new Map<bigint, Own>();

  constructor(readonly names: Pick<StreamNames, 'of'>) {}

  /** What was appended, and the same as recorded; of a repeat nothing was sent. */
  remember(appended: readonly Appended[], recorded: readonly RecordedEvent[]): void {
    for (const [i, { commit, stored, wire }] of appended.entries()) {
      const event = recorded[i];
      if (wire && event) this.#keep(commit, { stored, wire, event });
    }
  }

  #keep(commit: bigint, own: Own): void {
    this.#kept.set(commit, own);
    if (this.#kept.size <= mostKept) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  /** The event as it was recorded here, where every byte of it is as it was sent; it is forgotten then. */
  take(sent: SentEvent): Found | undefined {
    const own = this.#kept.get(sent.commit);
    if (!own) return undefined;
    this.#kept.delete(sent.commit);
    return this.#isSame(own, sent) ? { commit: sent.commit, stored: own.stored, own: own.event } : undefined;
  }

  #isSame({ stored, wire }: Own, { streamId, revision, type, isJson, data, metadata }: SentEvent): boolean {
    const samePlace = streamId === this.names.of(stored.stream) && revision === stored.revision;
    const sameBytes = data.equals(wire.data) && wire.metadata instanceof Uint8Array && metadata.equals(wire.metadata);
    return samePlace && sameBytes && type === wire.type && !isJson;
  }
}
