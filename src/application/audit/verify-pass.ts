/** One pass over a log as it lies there: bytes, chains, decoding, and that every stream folds. */
import { type Check, type Finding, type Gap, mostFindings } from '../../domain/audit/verification.js';
import { errorText } from '../error-text.js';
import type { PoisonedEvent, RecordedEvent } from '../ports/event-store.js';
import { aggregateOf } from '../streams/aggregates.js';
import { folded } from '../streams/quarantined.js';

/** One event as it lies in the log. */
export interface ScannedEvent {
  /** The number in its position. */
  readonly place: number;
  readonly stream: string;
  readonly revision: number;
  readonly previousHash: string;
  /** As it is stored beside the event. */
  readonly hash: string;
  /** Over what is stored, now; `undefined` for bytes that were never hashed. */
  readonly hashNow: string | undefined;
  readonly entry: RecordedEvent | PoisonedEvent;
}

interface StreamEnd {
  revision: number;
  hash: string;
  state: unknown;
  /** Folding goes on only as far as it went well. */
  folds: boolean;
}

/** Everything that one pass over the log gathers. */
export class Pass {
  readonly findings: Finding[] = [];
  readonly gaps: Gap[] = [];
  readonly streams = new Map<string, StreamEnd>();
  events = 0;
  last = 0;

  constructor(
    readonly noHash: string,
    /** Whether places count the events from 1. */
    readonly dense: boolean,
  ) {}

  found(check: Check, position: number | undefined, words: string): void {
    if (this.findings.length < mostFindings) this.findings.push({ check, position, words });
  }

  take(scanned: ScannedEvent): void {
    this.events += 1;
    const { place, hash, hashNow, stream, revision } = scanned;
    if (this.dense && place !== this.last + 1)
      this.found('positions', this.last + 1, `${place - this.last - 1} events are missing before ${place}`);
    if (!this.dense && place <= this.last) this.found('positions', place, `it comes after ${this.last}`);
    this.last = place;
    if (hashNow !== hash)
      this.found('bytes', place, `${stream} revision ${revision}: what is stored is not what was recorded`);
    this.chain(scanned);
    this.fold(scanned);
  }

  private chain({ place, stream, revision, previousHash }: ScannedEvent): void {
    const before = this.streams.get(stream);
    if (revision !== (before?.revision ?? -1) + 1)
      this.found('chain', place, `${stream}: revision ${revision} comes after ${before?.revision ?? 'nothing'}`);
    else if (previousHash !== (before?.hash ?? this.noHash))
      this.found(
        'chain',
        place,
        `${stream} revision ${revision}: what is stored before it is not what was recorded before it`,
      );
  }

  private fold({ place, stream, revision, hash, hashNow, entry }: ScannedEvent): void {
    const of = aggregateOf(stream);
    const before = this.streams.get(stream);
    const end = before ?? { revision, hash, state: of?.initial, folds: true };
    Object.assign(end, { revision, hash });
    if (!before) this.streams.set(stream, end);
    if ('poison' in entry) {
      end.folds = false;
      // What was changed is told by its bytes.
      if (hashNow === hash) this.found('decoding', place, `${stream} revision ${revision}: ${entry.poison}`);
      return;
    }
    this.note(place, entry);
    if (!of || !end.folds) return;
    try {
      end.state = folded(of as never, end.state as never, entry);
    } catch (error) {
      end.folds = false;
      this.found('life-cycle', place, errorText(error));
    }
  }

  /** Accepted losses and changes of place are told in every verification. */
  private note(position: number, { event, metadata }: RecordedEvent): void {
    const at = metadata.recordedAt;
    if (event.type === 'LogAccepted') {
      const { knownLog, knownEvents, missing } = event;
      this.gaps.push({ kind: 'loss-accepted', position, knownLog, knownEvents, missing, at });
    } else if (event.type === 'LogContinued') {
      const { from: knownLog, events: knownEvents } = event;
      this.gaps.push({ kind: 'continued', position, knownLog, knownEvents, missing: 0, at });
    }
  }
}
