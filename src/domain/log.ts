/** The log itself: that a person went on with one that lacks what was known before, that the key of its signed heads was changed, and that it was moved. */
import { foreignEvent } from './foreign-event.js';

export type LogAccepted = {
  readonly type: 'LogAccepted';
  /** The log that was known, and how many events of it. */
  readonly knownLog: string;
  readonly knownEvents: number;
  /** How many events this log held when it was accepted. */
  readonly foundEvents: number;
  /** How many known events are missing here; of another log it is all of them. */
  readonly missing: number;
  /** Where the known log was remembered. */
  readonly rememberedBy: readonly string[];
};

/** From here on heads are signed by another key; public keys as witnesses take them. */
export type AuditKeyRotated = {
  readonly type: 'AuditKeyRotated';
  readonly formerKey: string;
  readonly key: string;
  /** A note that names both keys, signed by both. */
  readonly statement: string;
};
/** This log goes on with the facts of another one, which were copied as they are and in their order. */
export type LogContinued = {
  readonly type: 'LogContinued';
  /** The ids of the log before and of this one. */
  readonly from: string;
  readonly to: string;
  /** How many facts were copied, how many of them are leaves of the tree, and its root over these, in hex. */
  readonly events: number;
  readonly size: number;
  readonly root: string;
};
export type LogEvent = LogAccepted | AuditKeyRotated | LogContinued;

/** What a person has accepted and how keys were changed, in order, each with its ISO time. */
export interface LogRecord {
  readonly accepted: readonly { readonly knownLog: string; readonly knownEvents: number; readonly at: string }[];
  readonly rotations: readonly (Omit<AuditKeyRotated, 'type'> & { readonly at: string })[];
  /** The logs that it goes on with. */
  readonly continued: readonly (Omit<LogContinued, 'type'> & { readonly at: string })[];
}

export const nothingOnRecord: LogRecord = { accepted: [], rotations: [], continued: [] };

/** What is known of a log: its id, how many events of it, and the hash of the last of them where that was kept. */
export interface KnownLog {
  readonly logId: string;
  readonly events: number;
  /** In hex. */
  readonly hash?: string;
}

/** A log as it is found, of which each event's hash can be asked, by its number from 1. */
export interface FoundLog extends KnownLog {
  hashAt(event: number): string | undefined;
}

/** Whether the event that the known log ends with is the same here, as far as its hash was kept. */
const endsAlike = (found: FoundLog, { events, hash }: KnownLog): boolean =>
  events === 0 || hash === undefined || found.hashAt(events) === hash;

/** Whether it reaches as far as the known log, but holds something else. */
export const differs = (found: FoundLog | undefined, known: KnownLog): boolean =>
  found?.logId === known.logId && known.events <= found.events && !endsAlike(found, known);

/** The known log lacks nothing here when it is this one, reaches no further, and ended with the same event. */
export const holds = (found: FoundLog | undefined, known: KnownLog): boolean => {
  if (found === undefined) return known.events === 0;
  return found.logId === known.logId && known.events <= found.events && endsAlike(found, known);
};

/** How many known events are missing in what was found; where it holds something else, all of them are in doubt. */
export function missingIn(found: FoundLog | undefined, known: KnownLog): number {
  if (found?.logId !== known.logId || differs(found, known)) return known.events;
  return Math.max(0, known.events - found.events);
}

export function evolveLog(record: LogRecord, event: LogEvent, at: string): LogRecord {
  switch (event.type) {
    case 'LogAccepted': {
      const { knownLog, knownEvents } = event;
      return { ...record, accepted: [...record.accepted, { knownLog, knownEvents, at }] };
    }
    case 'AuditKeyRotated': {
      const { formerKey, key, statement } = event;
      return { ...record, rotations: [...record.rotations, { formerKey, key, statement, at }] };
    }
    case 'LogContinued': {
      const { type: _, ...continued } = event;
      return { ...record, continued: [...record.continued, { ...continued, at }] };
    }
    default:
      return foreignEvent(event);
  }
}
