/** Streams as they are folded, and remembered. */

import type { LRUCache } from 'lru-cache';
import type { DomainEvent } from '../../domain/events.js';
import { PersistentMap } from '../../domain/persistent-map.js';
import { folded } from '../quarantine/quarantine.js';
import type { Aggregate } from './aggregates.js';
import type { Position, RecordedEvent } from './event-store.js';

interface Done {
  readonly digest: string;
  readonly position: Position;
}

/** A stream folded up to its last revision (-1: no event yet). */
export interface StreamState<S> {
  readonly state: S;
  readonly revision: number;
  /** Of the last event; `undefined` when there is none. */
  readonly position: Position | undefined;
  /** What each command did here, by command id. */
  readonly causes: PersistentMap<string, Done>;
}

/** A stream without an event. */
export const empty = <S>({ initial }: { readonly initial: S }): StreamState<S> => ({
  state: initial,
  revision: -1,
  position: undefined,
  causes: PersistentMap.empty(),
});

/** The same stream after further events. */
export function fold<S, E extends DomainEvent>(
  of: Aggregate<S, E>,
  from: StreamState<S>,
  events: readonly RecordedEvent[],
): StreamState<S> {
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
export function remember(
  cache: LRUCache<string, StreamState<unknown>>,
  stream: string,
  loaded: StreamState<unknown>,
): void {
  const known = cache.get(stream);
  if (!known || known.revision < loaded.revision) cache.set(stream, loaded);
}
