/** The quarantine filter: read models leave out events of streams that a person has set aside, from the first unreadable one on. */
import type { Quarantine } from '../../domain/quarantine.js';

/** By stream, the first revision that is left out. */
export type QuarantineFilter = Readonly<Record<string, number>>;

interface EventAddress {
  readonly stream: string;
  readonly revision: number;
}

/** What the decisions in force make projections leave out; whatever the order in which they were made. */
export function leftOutBy({ setAside }: Quarantine): QuarantineFilter {
  const streams = Object.values(setAside).map(({ stream, fromRevision }) => [stream, fromRevision] as const);
  return sorted(streams);
}

/** Tells what is left out. Nearly always nothing is, and then no stream need be looked up. */
export function isLeftOut(filter: QuarantineFilter): (address: EventAddress) => boolean {
  const from = new Map(Object.entries(filter));
  if (from.size === 0) return () => false;
  return ({ stream, revision }) => revision >= (from.get(stream) ?? Number.POSITIVE_INFINITY);
}

/** One text for one meaning, to be kept beside the rows. */
export const textOf = (filter: QuarantineFilter): string => JSON.stringify(filter);

/** A stream of which more or less is left out than before; `Infinity` where all of it is folded. */
export interface Change {
  readonly stream: string;
  readonly before: number;
  readonly after: number;
}

/** The streams that two filters treat differently. */
export function changesBetween(before: QuarantineFilter, after: QuarantineFilter): readonly Change[] {
  const streams = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const from = (filter: QuarantineFilter, stream: string): number => filter[stream] ?? Number.POSITIVE_INFINITY;
  return streams
    .map((stream) => ({ stream, before: from(before, stream), after: from(after, stream) }))
    .filter((change) => change.before !== change.after);
}

/** The filter with one stream treated as it is after a change. */
export function withChange(filter: QuarantineFilter, { stream, after }: Change): QuarantineFilter {
  const others = Object.entries(filter).filter(([name]) => name !== stream);
  const all = after === Number.POSITIVE_INFINITY ? others : [...others, [stream, after] as const];
  return sorted(all);
}

const sorted = (streams: readonly (readonly [string, number])[]): QuarantineFilter =>
  Object.fromEntries([...streams].sort(([a], [b]) => (a < b ? -1 : 1)));
