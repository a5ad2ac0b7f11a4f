/**
 * What a saga is made of: two pure questions to the history of one aggregate, and how its steps are done. Whatever runs
 * it (due list, wake signal, sweep, back-off, deadlines) knows nothing else of the aggregate.
 */
import type { DomainEvent } from '../../domain/events.js';
import type { FailedCall } from '../../domain/failed-call.js';
import type { Attempt, Delayed, Later } from '../ports/attempts.js';
import type { LogFacts } from '../ports/log-fields.js';
import type { Aggregate } from '../streams/aggregates.js';

/** A step that history owes: since one time, and (where it must end) halted after another; both ISO. */
export interface Owed<Step extends string> {
  readonly step: Step;
  readonly since: string;
  readonly deadline: string | undefined;
}

/** What came of one attempt; `first` is done before the fact is recorded, and again after a crash in between. */
export type Outcome<E> =
  | { readonly kind: 'fact'; readonly event: E; readonly first?: () => Promise<void> }
  | Later
  | Delayed;

/** One of those who are owed a step. */
export interface Due {
  readonly id: string;
  /** ISO time since when nothing but {@link Watch.step} is owed; `undefined` where something is to be done. */
  readonly watchedSince: string | undefined;
}

/** A step that only looks whether somebody else has acted: many may be owed it for days. */
export interface Watch<Step extends string> {
  readonly step: Step;
  /** How long may pass between two looks at what is owed for so long; milliseconds. */
  restMs(ageMs: number): number;
  /** How long until the first look after a start at a time (both milliseconds); without it chance spreads them over that rest. */
  firstRestMs?(id: string, now: number): number;
  /** How many looks may begin in a second, all together. */
  readonly looksPerSecond: number;
}

/** A saga over one kind of stream. `owed` and `record` are pure; all times in numbers are milliseconds since the epoch. */
export interface Process<S, E extends DomainEvent, Step extends string> {
  readonly aggregate: Aggregate<S, E>;
  /** What history owes. A restart needs nothing else. */
  owed(state: S): readonly Owed<Step>[];
  /** What an outcome adds to history: nothing once its step is no longer owed. */
  record(step: Step, outcome: E, state: S): readonly E[];
  /** The same step with the time that it has under what lies outside its own history. */
  timed(owed: Owed<Step>, state: S): Promise<Owed<Step>>;
  /** Makes the step true; safe to repeat. */
  ensure(step: Step, id: string, state: S, attempt: Attempt): Promise<Outcome<E>>;
  /** The fact that a step waits, since a time; `undefined` where that is told in the log alone. */
  delayed(step: Step, delay: Delayed, now: number, state: S): E | undefined;
  /** The fact that a step's time is up, with the last call that failed where there was one. */
  overdue(owed: Owed<Step>, call: FailedCall | undefined, state: S): E | undefined;
  /** What an operator must read of a fact; `undefined` where it is news and no more. */
  warning(event: E): Warning | undefined;
  /** Those who are owed a step, in order of id, after an id. It may be a moment behind the log. */
  due(afterId: string, limit: number): readonly Due[];
  readonly watch?: Watch<Step>;
}

export interface Warning {
  readonly about: LogFacts;
  readonly words: string;
}
