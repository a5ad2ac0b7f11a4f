/** Compares history with AWS's lists once a day and on demand, and keeps the last report. It tells, and notes how accounts stand; it never acts. */

import { errorText } from '../error-text.js';
import { type ComparisonParts, compare, type Report } from './compare.js';

/**
 * Keeps the last report. A report is what was seen at one moment and can be seen again, no fact of a provider's life, so
 * it is no event: it lies with the read models, where a restart finds when it was made and a loss only means another.
 */
export interface Reports {
  last(): Report | undefined;
  keep(report: Report): void;
}

export interface ReconciliationParts extends ComparisonParts {
  /** Records AWS's word for the state of a provider's account. */
  readonly noteState: (providerId: string, state: string) => Promise<void>;
  readonly reports: Reports;
  /** Whether this process may act; of several instances one compares each day, and whoever is asked compares at once. */
  readonly mayAct: () => boolean;
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
/** Whoever may not act now may do so soon. */
const lookMs = 60_000;
/** A service that has just started has other things to do first. */
const firstAfterMs = 10 * 60_000;

/** Begins to wait for the next time; the last report tells when that is, so that restarts repeat nothing. */
export function startReconciliation(on: ReconciliationParts): Reconciliation {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current: { readonly since: string; readonly ended: Promise<void> } | undefined;

  function begin(): { readonly since: string; readonly ended: Promise<void> } {
    if (current) return current;
    const since = new Date(on.clock.now()).toISOString();
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

/** Looks at the clock every hour at least, since a machine that slept waits longer than it meant to. */
async function everyDay(
  { clock, reports, mayAct }: ReconciliationParts,
  signal: AbortSignal,
  work: () => Promise<void>,
) {
  let notBefore = clock.now() + firstAfterMs;
  while (!signal.aborted) {
    const last = reports.last();
    const due = Math.max(notBefore, last ? Date.parse(last.finishedAt) + dayMs : 0);
    const now = clock.now();
    if (now < due || !mayAct()) {
      await clock.wait(now < due ? Math.min(due - now, hourMs) : lookMs, signal);
      continue;
    }
    await work();
    // One that failed has left no report, and is not repeated at once.
    notBefore = clock.now() + hourMs;
  }
}

async function run(on: ReconciliationParts, startedAt: string, signal: AbortSignal): Promise<void> {
  try {
    const { states = [], ...report } = await compare(on, startedAt, signal);
    if (signal.aborted) return;
    for (const { providerId, state } of states) await on.noteState(providerId, state);
    on.reports.keep(report);
    const say = report.findings.length > 0 ? on.log.warn : on.log.info;
    const { listed, recorded, findings, furtherFindings = 0 } = report;
    say(
      { listed, recorded, found: findings.length + furtherFindings },
      'The accounts at AWS were compared with the log.',
    );
  } catch (error) {
    on.log.error({ words: errorText(error) }, 'The accounts at AWS could not be compared with the log.');
  }
}
