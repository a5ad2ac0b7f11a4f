/** One comparison of AWS's lists with what is on record. */

import { changedStates, type SeenState } from '../../domain/reconciliation/account-states.js';
import type { Listing } from '../../domain/reconciliation/accounts.js';
import type { Finding } from '../../domain/reconciliation/findings.js';
import { reconcile } from '../../domain/reconciliation/reconciliation.js';
import type { Settings } from '../dependencies.js';
import { wordsOf } from '../error-text.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { ReadModels } from '../ports/read-models.js';
import { servedOf, statusModels } from '../quarantine/standstill.js';
import { type Rows, recordedProviders } from './recorded.js';

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
  /** What AWS says of accounts of active providers otherwise than history does; it goes on record. */
  readonly states?: readonly SeenState[];
  /** Why the report may tell of differences that are none. */
  readonly caution?: string;
}

/** What a comparison needs. */
export interface ComparisonParts {
  readonly list: ListPayer;
  readonly readModels: Rows & Pick<ReadModels, 'quarantined'>;
  readonly settings: Pick<Settings, 'payers' | 'rootEmailPattern'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The lists are read first, so that whatever they show had its time to be recorded. */
export async function compare(on: ComparisonParts, startedAt: string, signal: AbortSignal): Promise<Report> {
  const { readModels, settings } = on;
  const listings = await Promise.all(settings.payers.map(({ id }) => listingOf(on, id, signal)));
  const before = cautionOf(readModels);
  const recorded = await recordedProviders(readModels);
  const caution = before ?? cautionOf(readModels);
  const isSetAside = (providerId: string): boolean => readModels.quarantined(providerId) !== undefined;
  const about = { recorded, isSetAside, listings, emailPattern: settings.rootEmailPattern, at: startedAt };
  return {
    startedAt,
    finishedAt: new Date(on.clock.now()).toISOString(),
    listed: listings.reduce((sum, listing) => sum + ('accounts' in listing ? listing.accounts.length : 0), 0),
    recorded: recorded.filter(({ account }) => account).length,
    findings: reconcile(about),
    states: changedStates(recorded, listings),
    ...(caution === undefined ? {} : { caution }),
  };
}

/** What a report says of itself that rests on read models which stand still. */
function cautionOf(rows: Rows): string | undefined {
  const still = servedOf(rows, statusModels).find(({ stopped }) => stopped !== undefined);
  return (
    still &&
    `Read models stand still (${still.stopped}); what was recorded later is missing. Close no account because of this report.`
  );
}

async function listingOf({ list, log }: ComparisonParts, payerId: string, signal: AbortSignal): Promise<Listing> {
  try {
    return await list(payerId, signal);
  } catch (error) {
    const unreadable = wordsOf(error);
    if (!signal.aborted) log.warn({ payerId, words: unreadable }, 'The accounts of a payer cannot be listed.');
    return { payerId, unreadable };
  }
}
