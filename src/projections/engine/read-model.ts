/** A read model: tables that are filled together in one file, and what is read from them, in one or more versions. */
import type { DatabaseSync } from 'node:sqlite';
import type { EventStore, RecordedEvent } from '../../application/ports/event-store.js';
import type { Compare, LogEntry, OpenProjection, Projection } from './projection.js';

/** What the engine needs of the log: it never appends. */
export type ReadableLog = Pick<EventStore, 'read' | 'follow' | 'compare' | 'owns'>;

interface Kept<Reads> {
  /** Raised whenever the rows change their meaning or their form; each version has a file of its own. */
  readonly version: number;
  /** How much of the file is kept in memory at most, in MiB. */
  readonly cacheMiB: number;
  /** Prepares the reads. */
  reads(db: DatabaseSync, log: ReadableLog): Reads;
}

/** Projections that are committed together. An event that cannot be read or folded stops them. */
interface Folded {
  readonly kind: 'folded';
  readonly projections: readonly Projection[];
}

/** Where events stand in the log. What cannot be read stops it until it is set aside; its place is kept then, and reads leave it out. */
interface Indexed {
  readonly kind: 'indexed';
  readonly tables: readonly string[];
  readonly schema: string;
  /** Whether the places of this stream's events are kept. */
  concerns(stream: string): boolean;
  open(db: DatabaseSync): (entries: readonly LogEntry[]) => void;
}

export type Version<Reads = unknown> = Kept<Reads> & (Folded | Indexed);

/** The version that is to be served, then those that may be served until it is filled. */
export type Versions<Reads> = readonly [Version<Reads>, ...Version<Reads>[]];

export const fileNameOf = (model: string, { version }: Version): string => `${model}-${version}`;

const partsOf = (version: Version): readonly Pick<Projection, 'tables' | 'schema' | 'concerns'>[] =>
  version.kind === 'folded' ? version.projections : [version];

export const schemaOf = (version: Version): string =>
  partsOf(version)
    .map(({ schema }) => schema)
    .join('\n');

export const tablesOf = (version: Version): readonly string[] => partsOf(version).flatMap(({ tables }) => tables);

/** Whether an event of this stream could stop the version. */
export const concerns = (version: Version, stream: string): boolean =>
  partsOf(version).some((part) => part.concerns(stream));

/** Whether an entry may change rows of the version. */
export function mayChange(version: Version, entry: LogEntry): boolean {
  if (version.kind === 'indexed') return version.concerns(entry.stream);
  return version.projections.some(
    ({ concerns, changedBy }) =>
      concerns(entry.stream) && ('poison' in entry || changedBy === undefined || changedBy(entry.event)),
  );
}

/** A version prepared on its file. */
export interface OpenVersion extends OpenProjection {
  /** Takes in a batch; of a folded version all must be readable. */
  feed(entries: readonly LogEntry[]): void;
}

/** Prepares everything that writes to the file. */
export function openVersion(version: Version, db: DatabaseSync, compare: Compare): OpenVersion {
  if (version.kind === 'indexed') {
    const feed = version.open(db);
    return { feed, fold: feed, forget: () => undefined };
  }
  const opened = version.projections.map((projection) => ({ projection, ...projection.open(db, compare) }));
  const fold: OpenVersion['fold'] = (events) => {
    for (const each of opened) each.fold(events);
  };
  return {
    fold,
    feed: (entries) => fold(entries.filter((entry): entry is RecordedEvent => !('poison' in entry))),
    forget(stream, folded) {
      for (const each of opened) if (each.projection.concerns(stream)) each.forget(stream, folded);
    },
  };
}
