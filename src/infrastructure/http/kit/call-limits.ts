/** Bounds on what one caller and one organization may send a minute, so that nobody fills the log or the time of others. */
import type { Caller } from '../../../application/authorization/identity.js';
import { Problem } from './problems.js';
import { rateHeaders, waitHeaders } from './rate-headers.js';
import { RateLimit, type Taken } from './rate-limit.js';
import { organizationOf } from './tenant.js';

export interface CallLimits {
  readonly readsPerMinutePerCaller: number;
  readonly readsPerMinutePerOrganization: number;
  readonly writesPerMinutePerCaller: number;
  readonly writesPerMinutePerOrganization: number;
  /** Requests under way at once; a caller without an organization counts as one. */
  readonly requestsAtOncePerOrganization: number;
}

/** What suits production. */
export const callLimits: CallLimits = {
  readsPerMinutePerCaller: 12_000,
  readsPerMinutePerOrganization: 30_000,
  writesPerMinutePerCaller: 600,
  writesPerMinutePerOrganization: 1_200,
  requestsAtOncePerOrganization: 200,
};

/**
 * Counts a call of this caller; answers with the headers that say how much is left of the scarcer of its two bounds. Throws
 * the problem `rate-limited` where it is one call too many.
 */
export type CountCall = (caller: Caller, reads: boolean) => Readonly<Record<string, string>>;

export function openCallLimits(limits: CallLimits, now: () => number = Date.now): CountCall {
  const reading = bounds('requests', limits.readsPerMinutePerCaller, limits.readsPerMinutePerOrganization);
  const writing = bounds('changes', limits.writesPerMinutePerCaller, limits.writesPerMinutePerOrganization);
  return (caller, reads) => {
    const organization = organizationOf(caller);
    const { what, ofCaller, ofOrganization } = reads ? reading : writing;
    const mine = allowed(ofCaller.take(caller.actor, now()), 'You have', what);
    if (organization === undefined) return rateHeaders(mine);
    const ours = allowed(ofOrganization.take(organization, now()), 'Your organization has', what);
    return rateHeaders(ours.remaining < mine.remaining ? ours : mine);
  };
}

const bounds = (what: string, perCaller: number, perOrganization: number) => ({
  what,
  ofCaller: new RateLimit(perCaller),
  ofOrganization: new RateLimit(perOrganization),
});

function allowed(taken: Taken, who: string, what: string): Taken {
  const { limit, seconds } = taken;
  if (taken.allowed) return taken;
  const words = `${who} sent too many ${what}; ${limit} a minute are allowed. Send this again in ${seconds} seconds.`;
  const wrong = { field: 'request', problem: `is one of too many ${what}`, allowed: `${limit} a minute` };
  throw new Problem('rate-limited', words, [wrong], {}, waitHeaders(limit, seconds));
}
