/** What queries read: rows that projections keep, always derived from the log, possibly a moment behind it. */

import type { OrganizationFacts } from '../../domain/organization.js';
import type { Provider } from '../../domain/provider/stages.js';
import type { Step } from '../../domain/provider/steps.js';
import type { SetAside } from '../../domain/quarantine.js';
import type { Queue, Waiting } from '../../domain/queue/queue.js';
import type { Line, Serving } from '../../domain/queue/queue-positions.js';
import type { Position } from './event-store.js';
import type { ExceptionRow, ExceptionsWanted } from './exception-rows.js';
import type { ListPage, PageInOrder, ProviderFilter } from './provider-lists.js';
import type { ProjectionHealth, ReadModelName } from './read-model-health.js';
import type { StatisticsRows } from './statistics-rows.js';
import type { WebhookRow, WebhooksOf } from './webhook-rows.js';

/** This cannot be looked up until the read models move again or are made anew; the log is whole. */
export class ReadModelsUnavailable extends Error {}

/** When a step began to be owed and, once it is, was done (ISO). */
export interface StepTimes {
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** When it last went on after a halt, a refusal or a pause, if it did; what it takes counts from there. */
  readonly resumedAt?: string;
  /** The words last recorded for a step that is held up now. */
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

/** One payer's load: creations that hold a slot, accounts, and places kept for creations that have halted. */
export interface Load {
  readonly creating: number;
  readonly accounts: number;
  readonly kept: number;
}

/** A provider that is owed a step. */
export interface DueRow {
  readonly id: string;
  /** ISO time since when it is owed nothing but a look whether its customer has come; `undefined` where something is to be done. */
  readonly watchedSince: string | undefined;
}

/** How many providers there are, and how those stand that need somebody. */
export interface Census {
  readonly byStage: Readonly<Record<string, number>>;
  readonly haltedBy: Readonly<Record<string, number>>;
  /** ISO time of the last fact of the provider that has been owed a step longest without one; a look at unclaimed credentials is not owed. */
  readonly owedSince: string | undefined;
}

/** Milliseconds. */
export interface PaceRange {
  readonly low: number;
  readonly high: number;
}

export interface ReadModels {
  /** Resolves true once these read models (all of them by default) hold this position, false after so many milliseconds or when the signal aborts. */
  waitFor(position: Position, timeoutMs: number, signal?: AbortSignal, of?: readonly ReadModelName[]): Promise<boolean>;
  provider(providerId: string): ProviderRow | undefined;
  /** Every provider in order of id, after an id (empty: from the first). */
  providersAfter(afterId: string, limit: number): readonly ProviderRow[];
  /** The decision that sets this provider aside, if there is one; its row then stands where its history could last be read. */
  quarantined(providerId: string): SetAside | undefined;
  /** The decisions in force, each of which sets one stream aside. */
  setAside(): readonly SetAside[];
  /**
   * A page of the providers that fit all that is given, in their order. A page may be short, even empty, and still have a
   * `next`. Throws a Refusal for a cursor that is none of ours, or of a list in another order.
   */
  list(wanted: ProviderFilter, page: PageInOrder): ListPage<ProviderRow>;
  /** Oldest first, after a position; a page may be short and still have a `next`, since what is set aside is left out. */
  historyOf(providerId: string, after: Position | undefined, limit: number): ListPage<HistoryRow>;
  organization(organization: string): OrganizationRow | undefined;
  /** Everybody who waits for a payer; not who is set aside. */
  queue(): Queue;
  /** The queue as it would be with one more, who came last. */
  queueWith(waiting: Waiting): Queue;
  /** The same in the order in which they are served at these payers. */
  line(payers: readonly Serving[]): Line;
  loads(): Readonly<Record<string, Load>>;
  /** Providers owed a step other than a payer, in order of id, after an id. */
  due(afterId: string, limit: number): readonly DueRow[];
  /** Providers whose accounts are in use and live, in order of id, after an id. */
  inUse(afterId: string, limit: number): readonly string[];
  census(): Census;
  /** Webhooks that are not removed. */
  webhooks(of: WebhooksOf): readonly WebhookRow[];
  webhook(id: string): WebhookRow | undefined;
  /**
   * Exceptions from the hardening of accounts. A page may be short, even empty, and still have a `next`. Throws a Refusal for
   * a cursor that is none of ours, or of a list in another order.
   */
  exceptions(wanted: ExceptionsWanted): ListPage<ExceptionRow>;
  /** How long each step took of late, in milliseconds: all but a tenth at either end lies between the two. */
  paceRange(): Readonly<Partial<Record<Step, PaceRange>>>;
  /** Of one organization, or of all together; both days (ISO) are included. */
  statistics(organization: string | undefined, from: string, to: string): StatisticsRows;
  /** How long each step took, in milliseconds: the mean over the latest days; none for a step never done. */
  pace(): Readonly<Partial<Record<Step, number>>>;
  /** Every version that is open. */
  health(): readonly ProjectionHealth[];
  /** How the version stands that this read model is served from; asked with every read. */
  served(model: ReadModelName): ProjectionHealth;
}
