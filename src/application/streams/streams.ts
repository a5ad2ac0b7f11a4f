/** Loads and changes streams; the only place that writes events. */

import type { DomainEvent } from '../../domain/events.js';
import { Refusal } from '../../domain/refusal.js';
import type { Clock } from '../ports/clock.js';
import { type Cause, type EventStore, type Position, type RecordedEvent } from '../ports/event-store.js';
import { RevisionConflict } from '../ports/event-store-errors.js';
import { type Aggregate, quarantines, streamOf } from './aggregates.js';
import { KeyedMutex } from './keyed-mutex.js';
import { doneBy, requireSame } from './known-commands.js';
import { decisionsId, requireInUse } from './quarantined.js';
import { openStreamCache, type StreamCache } from './stream-cache.js';
import { empty, fold, foldable, type StreamState } from './stream-state.js';

/** What a change came to: the position to wait for, the state now, and the events it added (none if already true). */
export interface Changed<S> {
  /** `undefined` when nothing was added to a stream that holds nothing. */
  readonly position: Position | undefined;
  /** The hash of the event at that position. */
  readonly hash: string | undefined;
  readonly state: S;
  readonly recorded: readonly RecordedEvent<DomainEvent>[];
}

export interface Streams {
  /** Throws a `quarantined` refusal for a stream that is set aside, PoisonError for one that cannot be read. */
  load<S, E extends DomainEvent>(of: Aggregate<S, E>, id: string): Promise<StreamState<S>>;
  /**
   * Loads, decides, appends; decides again on a conflict, a bounded number of times. Changes of one stream wait in line, so
   * that in one process they do not conflict. A command id that already acted on the stream (the latest
   * 10,000 at least are known) adds nothing. Throws what `decide` throws, {@link RevisionConflict} when others keep winning. What `decide`
   * may answer with is only what the aggregate's streams hold.
   */
  change<S, E extends DomainEvent>(
    of: Aggregate<S, E>,
    id: string,
    cause: CauseOf<S>,
    decide: Decide<S, E>,
  ): Promise<Changed<S>>;
  /** Hears what is in the log, by whomever: a stream that others have added to is read anew when it is asked for next. */
  heard(events: readonly Pick<RecordedEvent, 'stream' | 'revision'>[]): void;
}

/** The cause itself, or one that depends on what was current (a saga's command id names the revision it saw). */
export type CauseOf<S> = Cause | ((current: StreamState<S>) => Cause);

/** The events that a state leads to; the aggregate alone says of which kind. It may look at where the stream stands. */
type Decide<S, E> = (state: S, current: StreamState<S>) => readonly NoInfer<E>[];

const attempts = 8;

/** What streams are read from, written to and told of. */
interface Parts {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly appended: (events: readonly RecordedEvent[]) => void;
  readonly cache: StreamCache;
}

/** Opens streams over a store; `appended` is the wake signal, given after each append with what was added. */
export function openStreams(store: EventStore, clock: Clock, appended: Parts['appended']): Streams {
  const parts: Parts = { store, clock, appended, cache: openStreamCache() };
  const mutex = new KeyedMutex();
  return {
    load: (of, id) => load(parts, of, id),
    heard(events) {
      for (const { stream, revision } of events) parts.cache.heard(stream, revision);
    },
    change: (of, id, cause, decide) => mutex.run(streamOf(of, id), () => changed(parts, of, id, cause, decide)),
  };
}

/** Decides until the events are appended, or others have won too often. */
async function changed<S, E extends DomainEvent>(
  parts: Parts,
  of: Aggregate<S, E>,
  id: string,
  cause: CauseOf<S>,
  decide: Decide<S, E>,
): Promise<Changed<S>> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(parts, of, id, cause, decide);
    } catch (error) {
      lookAgain(parts.cache, streamOf(of, id), error);
      if (!(error instanceof RevisionConflict) || tries === attempts) throw error;
    }
  }
}

/** After a conflict only what is new is read; after any other failure nobody knows what the stream holds. */
function lookAgain(cache: StreamCache, stream: string, error: unknown): void {
  if (error instanceof RevisionConflict) cache.heard(stream, error.actualRevision);
  else if (!(error instanceof Refusal)) cache.forget(stream);
}

/** A stream that is set aside is not even read. */
async function load<S, E extends DomainEvent>(parts: Parts, of: Aggregate<S, E>, id: string): Promise<StreamState<S>> {
  if (of.kind !== quarantines.kind)
    requireInUse((await loadAny(parts, quarantines, decisionsId)).state, streamOf(of, id));
  return loadAny(parts, of, id);
}

async function loadAny<S, E extends DomainEvent>(
  { store, cache }: Parts,
  of: Aggregate<S, E>,
  id: string,
): Promise<StreamState<S>> {
  const stream = streamOf(of, id);
  const known = cache.get(stream) as StreamState<S> | undefined;
  if (known && !cache.isBehind(stream)) return known;
  const before = known ?? empty(of);
  const current = fold(of, before, await store.read(stream, before.revision + 1));
  cache.remember(stream, current);
  return current;
}

async function attempt<S, E extends DomainEvent>(
  parts: Parts,
  of: Aggregate<S, E>,
  id: string,
  cause: CauseOf<S>,
  decide: Decide<S, E>,
): Promise<Changed<S>> {
  const current = await load(parts, of, id);
  const by = typeof cause === 'function' ? cause(current) : cause;
  const before = doneBy(current.commands, by.commandId);
  if (before) {
    requireSame(before, by);
    return { ...before, state: current.state, recorded: [] };
  }
  const events = decide(current.state, current);
  if (events.length === 0) return { ...current, recorded: [] };
  const at = parts.clock.now();
  foldable(of, current.state, events, { at, actor: by.actor });
  const news = events.map((event) => ({ event, cause: by, at }));
  const recorded = await parts.store.append(streamOf(of, id), current.revision, news);
  const after = fold(of, current, recorded);
  parts.cache.remember(streamOf(of, id), after);
  parts.appended(recorded);
  return { ...after, recorded };
}
