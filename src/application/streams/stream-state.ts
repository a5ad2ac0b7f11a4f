/** Streams as they are folded, and remembered. */

import type { DomainEvent } from '../../domain/events.js';
import type { Position, RecordedEvent } from '../ports/event-store.js';
import type { Aggregate } from './aggregates.js';
import { type Done, type KnownCommands, noCommands, withCommands } from './known-commands.js';
import { folded } from './quarantined.js';

/** A stream folded up to its last revision (-1: no event yet). */
export interface StreamState<S> {
  readonly state: S;
  readonly revision: number;
  /** Of the last event; `undefined` when there is none. */
  readonly position: Position | undefined;
  /** Of the last event. */
  readonly hash: string | undefined;
  readonly commands: KnownCommands;
}

/** A stream without an event. */
export const empty = <S>({ initial }: { readonly initial: S }): StreamState<S> => ({
  state: initial,
  revision: -1,
  position: undefined,
  hash: undefined,
  commands: noCommands,
});

/** The same stream after further events. */
export function fold<S, E extends DomainEvent>(
  of: Aggregate<S, E>,
  from: StreamState<S>,
  events: readonly RecordedEvent[],
): StreamState<S> {
  const done: [string, Done][] = [];
  let { state, revision, position, hash } = from;
  for (const recorded of events) {
    state = folded(of, state, recorded);
    ({ revision, position } = recorded);
    const { causationId, commandDigest: digest } = recorded.metadata;
    ({ hash } = recorded.metadata);
    done.push([causationId, { digest, position, hash }]);
  }
  return { state, revision, position, hash, commands: withCommands(from.commands, done) };
}

/** Events that the fold would refuse must never be stored: this throws before they are. */
export function foldable<S, E extends DomainEvent>(
  of: Aggregate<S, E>,
  state: S,
  events: readonly E[],
  { at, actor }: { readonly at: number; readonly actor: string },
): void {
  events.reduce((s, event) => of.evolve(s, event, new Date(at).toISOString(), actor), state);
}
