/** What read models leave out: events of streams that a person has set aside, from the first unreadable one on. */
import type { Quarantine } from '../../domain/quarantine.js';

/** By stream, the first revision that is left out. */
export type LeavingOut = Readonly<Record<string, number>>;

interface Place {
  readonly stream: string;
  readonly revision: number;
}

/** What the decisions in force make projections leave out; whatever the order in which they were made. */
export function leavingOut({ setAside }: Quarantine): LeavingOut {
  const streams = Object.values(setAside).map(({ stream, fromRevision }) => [stream, fromRevision] as const);
  return Object.fromEntries(streams.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Tells what is left out. Nearly always nothing is, and then no stream need be looked up. */
export function leftOut(out: LeavingOut): (place: Place) => boolean {
  const from = new Map(Object.entries(out));
  if (from.size === 0) return () => false;
  return ({ stream, revision }) => revision >= (from.get(stream) ?? Number.POSITIVE_INFINITY);
}

/** One text for one meaning, to be kept beside the rows. */
export const textOf = (out: LeavingOut): string => JSON.stringify(out);

/**
 * Whether rows that leave out `before` are right for `after` too. They are where a reader stopped right at what is left
 * out now and nothing else differs; any other rows may hold too much or too little, and are made anew.
 */
export function holdsStill(before: LeavingOut, after: LeavingOut, stoppedAt: Place | undefined): boolean {
  if (textOf(before) === textOf(after)) return true;
  if (!stoppedAt) return false;
  const { [stoppedAt.stream]: from = -1, ...others } = after;
  const { [stoppedAt.stream]: former, ...same } = before;
  return from >= stoppedAt.revision && (former ?? from) >= stoppedAt.revision && textOf(others) === textOf(same);
}
