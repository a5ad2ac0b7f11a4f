/** What the application asks about streams that may not be readable: is one set aside, and where does reading it fail? */
import type { DomainEvent } from '../../domain/events.js';
import type { Flaw, Quarantine } from '../../domain/quarantine.js';
import { Refusal } from '../../domain/refusal.js';
import { errorText } from '../error-text.js';
import { type EventStore, type RecordedEvent } from '../ports/event-store.js';
import { PoisonError } from '../ports/event-store-errors.js';
import { type Aggregate, aggregateOf, quarantines, streamOf } from './aggregates.js';

/** The id under which every decision about a stream is recorded. */
export const decisionsId = 'streams';
export const decisionsStream = streamOf(quarantines, decisionsId);

/** What a customer reads of it. */
export const setAsideWords =
  'This is set aside by the operator, because part of its recorded history cannot be read. ' +
  'Nothing happens to it until that is mended; you need do nothing.';

/** Throws a `quarantined` refusal when this stream is set aside. */
export function requireInUse({ setAside }: Quarantine, stream: string): void {
  if (setAside[stream]) throw new Refusal('quarantined', setAsideWords);
}

/** Whether an error says that a stream cannot be used now: it is set aside, or it cannot be read. */
export const unusable = (error: unknown): boolean =>
  error instanceof PoisonError || (error instanceof Refusal && error.code === 'quarantined');

/** One step of a fold; throws {@link PoisonError} naming the event that does not fit what came before. */
export function folded<S, E extends DomainEvent>(of: Aggregate<S, E>, state: S, recorded: RecordedEvent): S {
  try {
    // A store holds whatever was appended, also by newer versions, so that what is none of its events is for the fold to refuse.
    return of.evolve(state, recorded.event as E, recorded.metadata.recordedAt, recorded.metadata.actor);
  } catch (error) {
    throw new PoisonError(recorded.stream, recorded.revision, errorText(error));
  }
}

/** Where reading this stream fails now, `undefined` when all of it can be read; a `not-found` refusal when it is empty. */
export async function flawOf(store: EventStore, stream: string): Promise<Flaw | undefined> {
  const of: Aggregate<unknown, DomainEvent> | undefined = aggregateOf(stream);
  try {
    const events = await store.read(stream);
    if (events.length === 0) throw new Refusal('not-found', `There is no stream ${stream}.`);
    if (of) events.reduce((state, recorded) => folded(of, state, recorded), of.initial);
    return undefined;
  } catch (error) {
    if (error instanceof PoisonError) return { revision: error.revision, cause: error.cause };
    throw error;
  }
}

/** The decisions in force, read from the log itself. Throws {@link PoisonError} when they cannot be read. */
export async function decisionsIn(store: Pick<EventStore, 'read'>): Promise<Quarantine> {
  const events = await store.read(decisionsStream);
  return events.reduce((state, recorded) => folded(quarantines, state, recorded), quarantines.initial);
}
