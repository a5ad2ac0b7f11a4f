/** What queries read: rows that projections keep, always derived from the log, possibly a moment behind it. */
import type { OrganizationFacts } from '../domain/organization.js';
import type { Provider } from '../domain/provider/stages.js';
import type { Step } from '../domain/provider/steps.js';
import type { Waiting } from '../domain/queue.js';
import type { Position } from './event-store.js';

/** When a step began to be owed and, once it is, was done (ISO). */
export interface StepTimes {
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** The words last recorded for a step that is held up. */
  readonly waitsFor?: { readonly reason: string; readonly words: string; readonly since: string };
}

export interface ProviderRow {
  readonly providerId: string;
  readonly provider: Provider;
  readonly steps: Readonly<Partial<Record<Step, StepTimes>>>;
  readonly requestedAt: string;
  readonly changedAt: string;
  /** Of the last event that is in the row. */
  readonly position: Position;
}

export interface OrganizationRow {
  readonly organization: string;
  readonly facts: OrganizationFacts;
  readonly revision: number;
  readonly changedAt: string;
}

/** Where one fact of a provider stands in the log. */
export interface HistoryRow {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
}

/** A page of a list; `next` is the cursor of the page after it. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface ListOf {
  readonly limit: number;
  readonly cursor?: string;
  readonly stage?: string;
}

/** One payer's load: creations that hold a slot, and accounts. */
export interface Load {
  readonly creating: number;
  readonly accounts: number;
}

export interface ProjectionHealth {
  readonly name: string;
  readonly position: Position | undefined;
  readonly caughtUp: boolean;
  /** Why the reader stands still, where it does: stream, revision and cause. */
  readonly stopped: string | undefined;
}

export interface ReadModels {
  /** Resolves true once every read model holds this position, false after so many milliseconds. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  provider(providerId: string): ProviderRow | undefined;
  /** The newest first; throws a Refusal for a cursor that is none of ours. */
  providersOf(organization: string, list: ListOf): ListPage<ProviderRow>;
  /** Oldest first, after a position. */
  historyOf(providerId: string, after: Position | undefined, limit: number): ListPage<HistoryRow>;
  organization(organization: string): OrganizationRow | undefined;
  /** Everybody who waits for a payer. */
  waiting(): readonly Waiting[];
  loads(): Readonly<Record<string, Load>>;
  /** Creations that hold a slot, by organization. */
  busy(): Readonly<Record<string, number>>;
  /** Providers owed a step that may begin by this ISO time, in order of id, after an id. */
  due(by: string, afterId: string, limit: number): readonly string[];
  /** How long each step took of late, in milliseconds, as a moving average; none for a step never done. */
  pace(): Readonly<Partial<Record<Step, number>>>;
  health(): readonly ProjectionHealth[];
}
