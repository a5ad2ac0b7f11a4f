/** One comparison of AWS's lists with what is on record. */

import type { SeenState } from '../../domain/reconciliation/account-states.js';
import type { Listing } from '../../domain/reconciliation/accounts.js';
import type { Finding } from '../../domain/reconciliation/findings.js';
import {
  openComparison,
  type Premises,
  sightingsIn,
  unreadablePayers,
} from '../../domain/reconciliation/reconciliation.js';
import type { Settings } from '../dependencies.js';
import { errorText } from '../error-text.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { ReadModels } from '../ports/read-models.js';
import { servedOf, statusModels } from '../quarantine/standstill.js';
import { inTurns } from './in-turns.js';
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
  /** Payers that cannot be read first, then by account; so many at most, since a lost log has all accounts among them. */
  readonly findings: readonly Finding[];
  /** How many more there are, if there are more. */
  readonly furtherFindings?: number;
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

const findingsAtMost = 1_000;

/**
 * The lists are read first, so that whatever they show had its time to be recorded. Once the signal aborts it ends soon, and
 * what it answers is not whole.
 */
export async function compare(on: ComparisonParts, startedAt: string, signal: AbortSignal): Promise<Report> {
  const { readModels, settings } = on;
  const listings = await Promise.all(settings.payers.map(({ id }) => listingOf(on, id, signal)));
  const before = cautionOf(readModels);
  const isSetAside = (providerId: string): boolean => readModels.quarantined(providerId) !== undefined;
  const premises = { isSetAside, listings, emailPattern: settings.rootEmailPattern, at: startedAt };
  const { further, ...compared } = await comparedWith(premises, readModels, signal);
  const caution = before ?? cautionOf(readModels);
  return {
    startedAt,
    finishedAt: new Date(on.clock.now()).toISOString(),
    listed: listings.reduce((sum, listing) => sum + ('accounts' in listing ? listing.accounts.length : 0), 0),
    ...compared,
    ...(further === 0 ? {} : { furtherFindings: further }),
    ...(caution === undefined ? {} : { caution }),
  };
}

/** Compares all that is listed with all that is recorded, a few at a time. */
async function comparedWith(premises: Premises, rows: Rows, signal: AbortSignal) {
  const comparison = openComparison(premises);
  const findings: Finding[] = [];
  const states: SeenState[] = [];
  let [recorded, further] = [0, 0];
  const tell = (found: readonly Finding[]): void => {
    for (const one of found)
      if (findings.length < findingsAtMost) findings.push(one);
      else further += 1;
  };
  await inTurns(sightingsIn(premises.listings), signal, comparison.takeIn);
  for await (const page of recordedProviders(rows)) {
    if (signal.aborted) break;
    for (const provider of page) {
      const compared = comparison.compare(provider);
      tell(compared.findings);
      states.push(...compared.states);
      if (provider.account) recorded += 1;
    }
  }
  await inTurns(comparison.left(), signal, tell);
  const all = [...unreadablePayers(premises.listings), ...findings.sort(byAccountId)];
  return { recorded, findings: all, states, further };
}

const byAccountId = ({ accountId: a = '' }: Finding, { accountId: b = '' }: Finding): number =>
  a < b ? -1 : a > b ? 1 : 0;

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
    const unreadable = errorText(error);
    if (!signal.aborted) log.warn({ payerId, words: unreadable }, 'The accounts of a payer cannot be listed.');
    return { payerId, unreadable };
  }
}
