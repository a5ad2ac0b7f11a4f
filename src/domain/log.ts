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

/** What is known of a log: its id and how many events of it. */
export interface KnownLog {
  readonly logId: string;
  readonly events: number;
}

/** The known log lacks nothing here when it is this one and reaches no further. */
export const holds = (found: KnownLog | undefined, known: KnownLog): boolean =>
  found === undefined ? known.events === 0 : found.logId === known.logId && known.events <= found.events;

/** How many known events are missing in what was found. */
export const missingIn = (found: KnownLog | undefined, known: KnownLog): number =>
  found?.logId === known.logId ? Math.max(0, known.events - found.events) : known.events;

export function evolveLog({ accepted }: AcceptedLog, event: LogEvent, at: string): AcceptedLog {
  requireType(event, 'LogAccepted');
  const { knownLog, knownEvents } = event;
  return { accepted: [...accepted, { knownLog, knownEvents, at }] };
}
