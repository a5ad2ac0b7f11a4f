/** The log of all events: a port of three verbs (read, append, follow), what positions mean, and how the log is. */
import type { DomainEvent, UnknownEvent } from '../../domain/events.js';

/** `<log id>:<n>`: a place in one log. Compare two only with {@link EventStore.compare}. */
export type Position = string;

/** Why and by whom an event came to be: flat strings, opaque ids, never a name or an e-mail address. */
export interface Cause {
  /** UUID of the command; the ids of its events derive from it. */
  readonly commandId: string;
  /** A digest of what the command asked for, so that one key with two meanings is noticed. */
  readonly commandDigest: string;
  /** What it asked for, where digests that were made otherwise must be recognised; never stored. */
  readonly asked?: unknown;
  readonly correlationId: string;
  /** Issuer and subject, `<issuer>#<subject>`; for sagas `partner-cloud#saga`. */
  readonly actor: string;
  readonly role: string;
  /** The person for whom a service did it: an opaque id, as the service knows it. */
  readonly onBehalfOf?: string;
}

/** An event ready to be stored; `recordedAt` becomes the later of this clock reading and its predecessor's in the stream. */
export interface NewEvent {
  readonly event: DomainEvent;
  readonly cause: Cause;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Metadata extends Omit<Cause, 'commandId' | 'asked'> {
  readonly eventId: string;
  /** The command id. */
  readonly causationId: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly recordedAt: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** An event as it is read, perhaps one that a newer version wrote; what was just appended is known. */
export interface RecordedEvent<E extends DomainEvent | UnknownEvent = DomainEvent | UnknownEvent> {
  readonly position: Position;
  readonly stream: string;
  /** 0 for the first event of a stream. */
  readonly revision: number;
  readonly metadata: Metadata;
  readonly event: E;
  /** There when this version would not write it so: a newer one knows more, or an older one knew what was taken out since. */
  readonly unfamiliar?: true;
}

/** A stored event that cannot be decoded; it stops its reader until a person decides. */
export interface PoisonedEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly poison: string;
  /** Its hash, where what is stored is what was recorded, and only cannot be understood here. */
  readonly hash?: string;
}

/** A batch of the log in order; `caughtUp` says that nothing more had been appended when it was read. */
export interface Page {
  readonly events: readonly (RecordedEvent | PoisonedEvent)[];
  readonly caughtUp: boolean;
}

/** How a reader of the log shares the event loop with others. */
export interface Pace {
  /** Events of a page, so many at most: making it holds the loop. */
  readonly pageSize: number;
  /** Waits for the reader's turn, just before a page but the first is made. */
  turn(): Promise<void> | undefined;
}

export interface EventStore {
  /**
   * The events of one stream from a revision on (0 unless given), so many at most (all unless given); empty for an unknown
   * stream. Throws {@link PoisonError} on an undecodable event; as every read, {@link StoreUnavailable} when the log cannot
   * be read now.
   */
  read(stream: string, from?: number, atMost?: number): Promise<readonly RecordedEvent[]>;
  /** The last events of one stream, so many at most, in order; otherwise as `read`. */
  readLast(stream: string, atMost: number): Promise<readonly RecordedEvent[]>;
  /**
   * Appends all events or none, if the stream's last revision is `expectedRevision` (-1: it must not exist yet), and
   * answers with the events as recorded. Appending the same event ids at the same place again answers with what is stored.
   * Throws {@link RevisionConflict} when another decision came first, {@link StoreUnavailable} when nothing was stored
   * ({@link TooManyAppends} when the queue is full), {@link OutcomeUnknown} when it may be stored or not.
   */
  append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
  ): Promise<readonly RecordedEvent<DomainEvent>[]>;
  /**
   * Everything after a position (`undefined`: from the start), then what is appended, until the signal aborts; an aborted
   * follow just ends. Without a pace a page holds a thousand events at most, and others get a turn of the loop in between.
   */
  follow(after: Position | undefined, signal: AbortSignal, pace?: Pace): AsyncIterable<Page>;
  /** Negative, zero or positive as `a` lies before, at or after `b`. Throws {@link UnknownPosition} for another log's position. */
  compare(a: Position, b: Position): number;
  /** Whether a position is one of this log's, and one that it has reached. */
  owns(position: Position): boolean;
  /** The position of the last event, `undefined` in an empty log. */
  head(): Position | undefined;
  health(): StoreHealth;
  /** Writes what is queued, ends every follow and closes the log; later calls are refused as unavailable. */
  close(): Promise<void>;
}

export interface StoreHealth {
  readonly head: Position | undefined;
  readonly waiting: number;
  /** Why the last append could not be written, `undefined` when it could. */
  readonly problem: string | undefined;
  /** When that was, in milliseconds since the epoch. */
  readonly failedAt: number | undefined;
  /** Why the last read that failed could not be answered, and when that was; `undefined` when none has failed. */
  readonly readFailure: { readonly words: string; readonly at: number } | undefined;
  /** What was not as it was left when the log was opened, in words for the operator. */
  readonly findings: readonly string[];
  /** The latest time at which its last events are said to have been recorded, in milliseconds since the epoch. */
  readonly recordedUpTo: number | undefined;
  /** For how many milliseconds it has not been known where the log ends; absent where this process alone appends. */
  readonly unheardMs?: number;
}
