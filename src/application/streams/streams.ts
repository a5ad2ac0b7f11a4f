/** Loads and changes streams; the only place that writes events. */

import { LRUCache } from 'lru-cache';
import type { DomainEvent } from '../../domain/events.js';
import { Refusal } from '../../domain/refusal.js';
import type { Clock } from '../ports/clock.js';
import { decisionsId, requireInUse } from '../quarantine/quarantine.js';
import { type Aggregate, quarantines, streamOf } from './aggregates.js';
import { type Cause, type EventStore, type Position, type RecordedEvent, RevisionConflict } from './event-store.js';
import { empty, fold, remember, type StreamState } from './stream-state.js';

/** What a change came to: the position to wait for, the state now, and the events it added (none if already true). */
export interface Changed<S> {
  readonly position: Position;
  readonly state: S;
  readonly recorded: readonly RecordedEvent[];
}

export interface Streams {
  /** Throws a `quarantined` refusal for a stream that is set aside, PoisonError for one that cannot be read. */
  load<S, E extends DomainEvent>(of: Aggregate<S, E>, id: string): Promise<StreamState<S>>;
  /**
   * Loads, decides, appends; decides again on a conflict, a bounded number of times. A command id that already acted on
   * the stream adds nothing. Throws what `decide` throws, {@link RevisionConflict} when others keep winning. What `decide`
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

/** The cause itself, or one that depends on what was loaded (a saga's command id names the revision it saw). */
export type CauseOf<S> = Cause | ((loaded: StreamState<S>) => Cause);

/** The events that a state leads to; the aggregate alone says of which kind. */
type Decide<S, E> = (state: S) => readonly NoInfer<E>[];

const attempts = 8;
const cached = 20_000;

/** What streams are read from, written to and told of. */
interface Parts {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly appended: (events: readonly RecordedEvent[]) => void;
  /** Folded streams by name. */
  readonly cache: LRUCache<string, StreamState<unknown>>;
}

/** Opens streams over a store; `appended` is the doorbell, rung after each append with what was added. */
export function openStreams(store: EventStore, clock: Clock, appended: Parts['appended']): Streams {
  const parts: Parts = { store, clock, appended, cache: new LRUCache({ max: cached }) };
  return {
    load: (of, id) => load(parts, of, id),
    heard(events) {
      for (const { stream, revision } of events) {
        const known = parts.cache.get(stream);
        if (known && known.revision < revision) parts.cache.delete(stream);
      }
    },
    async change(of, id, cause, decide) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(parts, of, id, cause, decide);
        } catch (error) {
          if (!(error instanceof Refusal)) parts.cache.delete(streamOf(of, id));
          if (!(error instanceof RevisionConflict) || tries === attempts) throw error;
        }
      }
    },
  };
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
  const known = cache.get(stream);
  if (known) return known as StreamState<S>;
  const loaded = fold(of, empty(of), await store.read(stream));
  remember(cache, stream, loaded);
  return loaded;
}

async function attempt<S, E extends DomainEvent>(
  parts: Parts,
  of: Aggregate<S, E>,
  id: string,
  cause: CauseOf<S>,
  decide: Decide<S, E>,
): Promise<Changed<S>> {
  const loaded = await load(parts, of, id);
  const by = typeof cause === 'function' ? cause(loaded) : cause;
  const before = loaded.causes.get(by.commandId);
  if (before) return repeated(before, by, loaded);
  const events = decide(loaded.state);
  if (events.length === 0) return { position: loaded.position ?? '', state: loaded.state, recorded: [] };
  const at = parts.clock.now();
  foldable(of, loaded.state, events, at);
  const news = events.map((event) => ({ event, cause: by, at }));
  const recorded = await parts.store.append(streamOf(of, id), loaded.revision, news);
  const after = fold(of, loaded, recorded);
  remember(parts.cache, streamOf(of, id), after);
  parts.appended(recorded);
  return { position: after.position ?? '', state: after.state, recorded };
}

/** Events that the fold would refuse must never be stored: this throws before they are. */
function foldable<S, E extends DomainEvent>(of: Aggregate<S, E>, state: S, events: readonly E[], at: number): void {
  events.reduce((s, event) => of.evolve(s, event, new Date(at).toISOString()), state);
}

function repeated<S>(before: { digest: string; position: Position }, by: Cause, { state }: StreamState<S>): Changed<S> {
  if (before.digest === by.commandDigest) return { position: before.position, state, recorded: [] };
  throw new Refusal('idempotency-key-reused', 'This Idempotency-Key was used for another request; use a new key.', [
    {
      field: 'Idempotency-Key',
      problem: 'was used with another call or body',
      allowed: 'the same call and body, or a new key',
    },
  ]);
}
