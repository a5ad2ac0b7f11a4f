/** Bounds on what one caller and one organization may write a minute, so that nobody fills the log or the time of others. */
import type { Caller } from '../../../application/authorization/identity.js';
import { Problem } from './problems.js';
import { RateLimit } from './rate-limit.js';

export interface WriteLimits {
  readonly writesPerMinutePerCaller: number;
  readonly writesPerMinutePerOrganization: number;
}

/** What suits production. */
export const writeLimits: WriteLimits = { writesPerMinutePerCaller: 600, writesPerMinutePerOrganization: 1_200 };

/** Counts a write of this caller; throws the problem `rate-limited` where it is one too many. */
export function openWriteLimits(limits: WriteLimits, now: () => number = Date.now): (caller: Caller) => void {
  const ofCaller = new RateLimit(limits.writesPerMinutePerCaller);
  const ofOrganization = new RateLimit(limits.writesPerMinutePerOrganization);
  return ({ actor, organization }) => {
    refuse(ofCaller.take(actor, now()), 'You have', ofCaller);
    if (organization !== undefined)
      refuse(ofOrganization.take(organization, now()), 'Your organization has', ofOrganization);
  };
}

function refuse(seconds: number | undefined, who: string, { perMinute }: RateLimit): void {
  if (seconds === undefined) return;
  const words = `${who} sent too many changes; ${perMinute} a minute are allowed. Send this again in ${seconds} seconds.`;
  const wrong = { field: 'request', problem: 'is one change too many', allowed: `${perMinute} a minute` };
  throw new Problem('rate-limited', words, [wrong], {}, { 'retry-after': String(seconds) });
}
