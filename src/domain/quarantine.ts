/** Which streams a person has set aside because part of them cannot be read; each decision, and its end, is a fact. */
import { foreignEvent } from './foreign-event.js';
import { Refusal } from './refusal.js';

export type StreamQuarantined = {
  readonly type: 'StreamQuarantined';
  readonly stream: string;
  /** The first revision that cannot be read; read models leave out this and all later events of the stream. */
  readonly fromRevision: number;
  /** Why it cannot be read, as the reader says it; never a value out of the event. */
  readonly cause: string;
  /** Why a person set it aside. */
  readonly reason: string;
};
export type QuarantineLifted = {
  readonly type: 'QuarantineLifted';
  readonly stream: string;
  readonly reason: string;
};
export type QuarantineEvent = StreamQuarantined | QuarantineLifted;

/** A stream that is set aside, since an ISO time. */
export interface SetAside {
  readonly stream: string;
  readonly fromRevision: number;
  readonly cause: string;
  readonly reason: string;
  readonly since: string;
}

export interface Quarantine {
  readonly setAside: Readonly<Record<string, SetAside>>;
  /** Streams that were set aside before and are in use again. */
  readonly lifted: readonly string[];
}

export const nothingSetAside: Quarantine = { setAside: {}, lifted: [] };

/** Where reading a stream fails, and why. */
export interface Flaw {
  readonly revision: number;
  readonly cause: string;
}

export type QuarantineCommand =
  | { readonly type: 'SetAside'; readonly stream: string; readonly reason: string; readonly flaw: Flaw | undefined }
  | { readonly type: 'Lift'; readonly stream: string; readonly reason: string; readonly flaw: Flaw | undefined };

/**
 * The decision as a fact, or nothing when it already holds. A stream that can be read is not set aside, and one that
 * still cannot be read is not put back into use; both are refused in words.
 */
export function decideQuarantine({ type, ...command }: QuarantineCommand, quarantine: Quarantine): QuarantineEvent[] {
  return type === 'SetAside' ? setAside(command, quarantine) : lift(command, quarantine);
}

type Asked = Omit<QuarantineCommand, 'type'>;

function setAside({ stream, reason, flaw }: Asked, quarantine: Quarantine): QuarantineEvent[] {
  const before = quarantine.setAside[stream];
  if (!flaw) {
    if (before) return [];
    throw new Refusal('wrong-stage', `Every event of ${stream} can be read, so there is nothing to set aside.`, [
      { field: 'stream', problem: 'can be read', allowed: 'a stream that GET /v1/quarantine names as unreadable' },
    ]);
  }
  if (before && before.fromRevision <= flaw.revision) return [];
  return [{ type: 'StreamQuarantined', stream, fromRevision: flaw.revision, cause: flaw.cause, reason }];
}

function lift({ stream, reason, flaw }: Asked, quarantine: Quarantine): QuarantineEvent[] {
  if (!quarantine.setAside[stream]) {
    if (quarantine.lifted.includes(stream)) return [];
    throw new Refusal('wrong-stage', `${stream} is not set aside.`, [
      { field: 'stream', problem: 'is not set aside', allowed: 'a stream that GET /v1/quarantine lists' },
    ]);
  }
  if (!flaw) return [{ type: 'QuarantineLifted', stream, reason }];
  const problem = `revision ${flaw.revision} still cannot be read: ${flaw.cause}`;
  throw new Refusal('wrong-stage', `${stream} stays set aside; ${problem}.`, [
    { field: 'stream', problem, allowed: 'a stream that this version of the program can read' },
  ]);
}

/** The decisions in force after an event; lifting what was not set aside is corrupt history. */
export function evolveQuarantine({ setAside, lifted }: Quarantine, event: QuarantineEvent, at: string): Quarantine {
  if (event.type !== 'StreamQuarantined' && event.type !== 'QuarantineLifted') return foreignEvent(event);
  const { [event.stream]: before, ...others } = setAside;
  if (event.type === 'StreamQuarantined') {
    const { type, ...decided } = event;
    const since = before?.since ?? at;
    return {
      setAside: { ...others, [event.stream]: { ...decided, since } },
      lifted: lifted.filter((stream) => stream !== event.stream),
    };
  }
  if (!before) throw new Error(`${event.type} for ${event.stream}, which is not set aside`);
  return { setAside: others, lifted: [...lifted, event.stream] };
}
