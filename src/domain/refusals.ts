/** Which refused requests of an organization are on record on one day, so that asking again and again fills no log: a stream an organization and day. */
import { requireType } from './foreign-event.js';
import { PersistentMap } from './persistent-map.js';
import { Refusal } from './refusal.js';

/** A refusal is about to be recorded; whoever asks the same again on this day is answered with it. */
export type RefusalNoted = {
  readonly type: 'RefusalNoted';
  /** The provider that was refused. */
  readonly providerId: string;
  readonly organizationRevision: number;
  readonly territory: string;
  /** Issuer and opaque subject of who asked. */
  readonly person: string;
};
export type RefusalsEvent = RefusalNoted;

/** What makes two refusals of one organization and day the same. */
export type SameRefusal = Pick<RefusalNoted, 'organizationRevision' | 'territory' | 'person'>;

export interface Refusals {
  /** The refused provider by what makes refusals the same. */
  readonly noted: PersistentMap<string, string>;
  /** The hour of the last refusal, as `2026-11-24T23`, if there was one, and how many were recorded in it. */
  readonly hour: string | undefined;
  readonly inHour: number;
}

const hourMs = 3_600_000;

export const noRefusals: Refusals = { noted: PersistentMap.empty(), hour: undefined, inHour: 0 };

const keyOf = ({ organizationRevision, territory, person }: SameRefusal): string =>
  JSON.stringify([organizationRevision, territory, person]);

const hourOf = (at: string): string => at.slice(0, 13);

/** The provider whose refusal is the same, if one is noted. */
export const notedBefore = ({ noted }: Refusals, same: SameRefusal): string | undefined => noted.get(keyOf(same));

export interface NoteRefusal extends SameRefusal {
  readonly type: 'NoteRefusal';
  readonly providerId: string;
  /** A provider that is noted and whose refusal was never recorded; this one takes its place. */
  readonly insteadOf?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Notes a refusal, or nothing when the same is noted. Throws a `rate-limited` {@link Refusal} once so many were noted in
 * this hour.
 */
export function decideRefusals(command: NoteRefusal, refusals: Refusals, perHour: number): RefusalsEvent[] {
  const { providerId, organizationRevision, territory, person, insteadOf, at } = command;
  const before = notedBefore(refusals, command);
  if (before !== undefined && before !== insteadOf) return [];
  requireRoom(refusals, at, perHour);
  return [{ type: 'RefusalNoted', providerId, organizationRevision, territory, person }];
}

function requireRoom({ hour, inHour }: Refusals, at: number, perHour: number): void {
  if (hour !== hourOf(new Date(at).toISOString()) || inHour < perHour) return;
  const retryAfterSeconds = Math.ceil((hourMs - (at % hourMs)) / 1_000);
  const problem = `has had ${inHour} requests refused within this hour`;
  throw new Refusal(
    'rate-limited',
    `Your organization ${problem}, and no more are put on record. Try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`,
    [{ field: 'organization', problem, allowed: `${perHour} an hour` }],
    { retryAfterSeconds, limit: perHour },
  );
}

/** The refusals after an event; `at` is its ISO time. */
export function evolveRefusals({ noted, hour, inHour }: Refusals, event: RefusalsEvent, at: string): Refusals {
  requireType(event, 'RefusalNoted');
  const now = hourOf(at);
  return { noted: noted.with([[keyOf(event), event.providerId]]), hour: now, inHour: now === hour ? inHour + 1 : 1 };
}
