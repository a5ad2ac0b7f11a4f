/** Compares history with AWS's lists once a day and on demand, and keeps the last report. It only tells; it never acts. */
import type { Finding } from '../../domain/findings.js';
import { type Listing, reconcile } from '../../domain/reconciliation.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../dependencies.js';
import type { Log } from '../log.js';
import type { ReadModels } from '../read-models.js';
import { recordedProviders } from './recorded.js';

/** Reads all accounts of a payer but its own management account; rejects with words for the operator when it cannot. */
export type ListPayer = (payerId: string, signal: AbortSignal) => Promise<Listing>;

/** What one comparison found; times are ISO. */
export interface Report {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** How many accounts the payers list, and how many are on record. */
  readonly listed: number;
  readonly recorded: number;
  readonly findings: readonly Finding[];
  /** Why the report may tell of differences that are none. */
  readonly caution?: string;
}

/**
 * Keeps the last report. A report is what was seen at one moment and can be seen again, no fact of a provider's life, so
 * it is no event: it lies with the read models, where a restart finds when it was made and a loss only means another.
 */
export interface Reports {
  last(): Report | undefined;
  keep(report: Report): void;
}

export interface ReconciliationParts {
  readonly list: ListPayer;
  readonly reports: Reports;
  readonly readModels: Pick<ReadModels, 'providersAfter' | 'health'>;
  readonly settings: Pick<Settings, 'payers' | 'rootEmailPattern'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Reconciliation {
  last(): Report | undefined;
  /** Since when one runs (ISO), if one does. */
  running(): string | undefined;
  /** Starts one unless one runs already; answers with when that began (ISO). */
  start(): string;
  /** Begins nothing more and ends what runs. */
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A service that has just started has other things to do first. */
const firstAfterMs = 10 * 60_000;

/** Begins to wait for the next time; the last report tells when that is, so that restarts repeat nothing. */
export function startReconciliation(on: ReconciliationParts): Reconciliation {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current: { readonly since: string; readonly ended: Promise<void> } | undefined;

  function begin(): { readonly since: string; readonly ended: Promise<void> } {
    if (current) return current;
    const since = isoOf(on.clock);
    const ended = run(on, since, signal).finally(() => {
      current = undefined;
    });
    current = { since, ended };
    return current;
  }

  const daily = everyDay(on, signal, () => begin().ended);
  return {
    last: () => on.reports.last(),
    running: () => current?.since,
    start: () => begin().since,
    async stop() {
      stopping.abort();
      await Promise.all([daily, current?.ended]);
    },
  };
}

const isoOf = (clock: Clock): string => new Date(clock.now()).toISOString();

/** Looks at the clock every hour at least, since a machine that slept waits longer than it meant to. */
async function everyDay({ clock, reports }: ReconciliationParts, signal: AbortSignal, work: () => Promise<void>) {
  let notBefore = clock.now() + firstAfterMs;
  while (!signal.aborted) {
    const last = reports.last();
    const due = Math.max(notBefore, last ? Date.parse(last.finishedAt) + dayMs : 0);
    const now = clock.now();
    if (now < due) {
      await clock.wait(Math.min(due - now, hourMs), signal);
      continue;
    }
    await work();
    // One that failed has left no report, and is not repeated at once.
    notBefore = clock.now() + hourMs;
  }
}

async function run(on: ReconciliationParts, startedAt: string, signal: AbortSignal): Promise<void> {
  try {
    const report = await compare(on, startedAt, signal);
    if (signal.aborted) return;
    on.reports.keep(report);
    const say = report.findings.length > 0 ? on.log.warn : on.log.info;
    const { listed, recorded, findings } = report;
    say({ listed, recorded, findings: findings.length }, 'The accounts at AWS were compared with the log.');
  } catch (error) {
    on.log.error({ words: wordsOf(error) }, 'The accounts at AWS could not be compared with the log.');
  }
}

/** The lists are read first, so that whatever they show had its time to be recorded. */
async function compare(on: ReconciliationParts, startedAt: string, signal: AbortSignal): Promise<Report> {
  const { payers, rootEmailPattern: emailPattern } = on.settings;
  const listings = await Promise.all(payers.map(({ id }) => listingOf(on, id, signal)));
  const recorded = await recordedProviders(on.readModels);
  const findings = reconcile({ recorded, listings, emailPattern, at: startedAt });
  const stopped = on.readModels.health().find((readModel) => readModel.stopped !== undefined)?.stopped;
  return {
    startedAt,
    finishedAt: isoOf(on.clock),
    listed: listings.reduce((sum, listing) => sum + ('accounts' in listing ? listing.accounts.length : 0), 0),
    recorded: recorded.filter(({ account }) => account).length,
    findings,
    ...(stopped === undefined
      ? {}
      : { caution: `Read models stand still (${stopped}); what was recorded later is missing.` }),
  };
}

async function listingOf({ list, log }: ReconciliationParts, payerId: string, signal: AbortSignal): Promise<Listing> {
  try {
    return await list(payerId, signal);
  } catch (error) {
    const unreadable = wordsOf(error);
    if (!signal.aborted) log.warn({ payerId, words: unreadable }, 'The accounts of a payer cannot be listed.');
    return { payerId, unreadable };
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
