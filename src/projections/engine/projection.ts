/** A projection: a fold of the log into rows of its own tables. A changed projection is a new version of its read model and a replay. */
import type { DatabaseSync } from 'node:sqlite';
import { errorText } from '../../application/error-text.js';
import type { EventStore, PoisonedEvent, RecordedEvent } from '../../application/ports/event-store.js';

/** Orders two positions of the log, as {@link EventStore.compare}. */
export type Compare = EventStore['compare'];

/** An event as the log holds it, readable or not. */
export type LogEntry = RecordedEvent | PoisonedEvent;

/** A projection on an open file. Both run inside an open transaction. */
export interface OpenProjection {
  /** Folds a batch of events, in log order. Throws {@link FoldFailure} for one that cannot follow. */
  fold(events: readonly RecordedEvent[]): void;
  /** Takes back what these events, all of one stream and all that were folded of it, have left in the rows. */
  forget(stream: string, folded: readonly RecordedEvent[]): void;
}

export interface Projection {
  /** Its tables, which are emptied when it is filled anew. */
  readonly tables: readonly string[];
  /** Makes the tables where they are missing. */
  readonly schema: string;
  /** Whether the events of a stream are folded at all; no other can stop it. */
  concerns(stream: string): boolean;
  /** Whether an event of a stream that it folds may change its rows; where it does not say so, each may. */
  changedBy?(event: RecordedEvent['event']): boolean;
  /** Prepares its statements. */
  open(db: DatabaseSync, compare: Compare): OpenProjection;
}

/** An event that a fold refuses: history that breaks the life cycle. */
export class FoldFailure extends Error {
  constructor(
    readonly failed: LogEntry,
    readonly reason: unknown,
  ) {
    super(`${failed.stream} revision ${failed.revision}: ${errorText(reason)}`);
  }
}
