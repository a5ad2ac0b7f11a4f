/** A projection: a fold of all events into rows of its own tables. A changed projection is a new name and a replay. */
import type { DatabaseSync } from 'node:sqlite';
import { wordsOf } from '../../application/error-text.js';
import type { RecordedEvent } from '../../application/streams/event-store.js';

export interface Projection {
  /** Ends in a version; its tables carry the same name with underscores. */
  readonly name: string;
  /** Its tables, which are emptied when it is filled anew. */
  readonly tables: readonly string[];
  /** Makes the tables where they are missing. */
  readonly schema: string;
  /** Prepares its statements; the answer folds a batch of events, in log order, inside an open transaction. */
  open(db: DatabaseSync): (events: readonly RecordedEvent[]) => void;
}

/** An event that a fold refuses: history that breaks the life cycle. */
export class FoldFailure extends Error {
  constructor(
    readonly failed: RecordedEvent,
    readonly reason: unknown,
  ) {
    super(`${failed.stream} revision ${failed.revision}: ${wordsOf(reason)}`);
  }
}
