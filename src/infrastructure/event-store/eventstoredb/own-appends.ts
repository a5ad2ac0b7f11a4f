/** What this process appended a moment ago, so that the log that tells it of them need not be decoded and hashed once more. */
import type { RecordedEvent } from '../../../application/ports/event-store.js';
import type { StoredFact } from '../format/recorded.js';
import type { Found } from './wire.js';

interface Own {
  readonly stored: StoredFact;
  readonly event: RecordedEvent;
}

/** The log tells of an append within milliseconds; what it has not told by then is read as any other event is. */
const mostKept = 2_000;

export class OwnAppends {
  readonly #kept = new Map<bigint, Own>();

  remember(commit: bigint, stored: StoredFact, event: RecordedEvent | undefined): void {
    if (event) this.#kept.set(commit, { stored, event });
    if (this.#kept.size <= mostKept) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  /** The event as it was recorded here, where every byte of it is as it was sent; it is forgotten then. */
  take(found: Found): RecordedEvent | undefined {
    const own = this.#kept.get(found.commit);
    if (!own) return undefined;
    this.#kept.delete(found.commit);
    return 'stored' in found && isSame(own.stored, found.stored) ? own.event : undefined;
  }
}

/** All that a hash covers, and the hash. */
const parts = ['hash', 'previousHash', 'stream', 'revision', 'eventId', 'type', 'data', 'metadata'] as const;

const isSame = (a: StoredFact, b: StoredFact): boolean => parts.every((part) => a[part] === b[part]);
