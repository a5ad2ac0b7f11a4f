/** How the log refuses and fails, each by its own name. */
import type { EventStore, Position, RecordedEvent } from './event-store.js';

export class RevisionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expectedRevision: number,
    readonly actualRevision: number,
  ) {
    super(`${stream}: expected revision ${expectedRevision}, but the last is ${actualRevision}`);
  }
}

/** Nothing was stored: the log cannot be read or written now (a full or failing disk, a lost connection). */
export class StoreUnavailable extends Error {}

/** Nothing was stored, because too many appends wait to be written already; the same append may be sent again in a moment. */
export class TooManyAppends extends StoreUnavailable {}

/** The append may be stored or not, and the log cannot be asked now; sending the same append again is safe and will tell. */
export class OutcomeUnknown extends Error {}

/** A position that is none of this log's, or one that it has not reached. */
export class UnknownPosition extends Error {
  constructor(
    message: string,
    /** The position itself, where it is known. */
    readonly position?: Position,
  ) {
    super(message);
  }
}

/** Throws {@link UnknownPosition} for a position that is not one of this log's. */
export function requireOwn(store: Pick<EventStore, 'owns'>, position: Position): void {
  if (store.owns(position)) return;
  throw new UnknownPosition(
    `position ${JSON.stringify(position)} is of another log, or one that this log has not reached`,
    position,
  );
}

export class PoisonError extends Error {
  constructor(
    readonly stream: string,
    readonly revision: number,
    readonly cause: string,
    /** What the stream holds before it, where that is known. */
    readonly readable: readonly RecordedEvent[] = [],
  ) {
    super(`${stream} revision ${revision} cannot be read: ${cause}`);
  }
}
