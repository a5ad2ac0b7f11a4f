/** Streams as they are folded, and remembered. */
import { Grown } from '../domain/grown.js';
import type { Aggregate } from './aggregates.js';
import type { Position, RecordedEvent } from './event-store.js';
import type { Latest } from './latest.js';
import { folded } from './quarantine.js';

interface Done {
  readonly digest: string;
  readonly position: Position;
}

/** A stream folded up to its last revision (-1: no event yet). */
export interface Loaded<S> {
  readonly state: S;
  readonly revision: number;
  /** Of the last event; `undefined` when there is none. */
  readonly position: Position | undefined;
  /** What each command did here, by command id. */
  readonly causes: Grown<string, Done>;
}

/** A stream without an event. */
export const empty = <S>(of: Aggregate<S>): Loaded<S> => ({
  state: of.initial,
  revision: -1,
  position: undefined,
  causes: Grown.empty(),
});

/** The same stream after further events. */
export function fold<S>(of: Aggregate<S>, from: Loaded<S>, events: readonly RecordedEvent[]): Loaded<S> {
  const causes: [string, Done][] = [];
  let { state, revision, position } = from;
  for (const recorded of events) {
    state = folded(of, state, recorded);
    ({ revision, position } = recorded);
    causes.push([recorded.metadata.causationId, { digest: recorded.metadata.commandDigest, position }]);
  }
  return { state, revision, position, causes: from.causes.with(causes) };
}

/** What was read or repeated may be older than what is known by now; the cache never goes back. */
export function remember(cache: Latest<string, Loaded<unknown>>, stream: string, loaded: Loaded<unknown>): void {
  const known = cache.get(stream);
  if (!known || known.revision < loaded.revision) cache.set(stream, loaded);
}
