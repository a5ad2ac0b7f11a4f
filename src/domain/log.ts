/** The log itself: that a person went on with one that lacks what was known before, so that the gap is seen for ever. */
import { requireType } from './foreign-event.js';

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
export type LogEvent = LogAccepted;

/** What a person has accepted, in order, each with its ISO time. */
export interface AcceptedLog {
  readonly accepted: readonly { readonly knownLog: string; readonly knownEvents: number; readonly at: string }[];
}

export const neverAccepted: AcceptedLog = { accepted: [] };

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

export function evolveLog({ accepted }: AcceptedLog, event: LogEvent, at: string): AcceptedLog {
  requireType(event, 'LogAccepted');
  const { knownLog, knownEvents } = event;
  return { accepted: [...accepted, { knownLog, knownEvents, at }] };
}
