/** How many providers an organization may request a day: each new request takes one place on that day's own short stream. */
import { requireType } from './foreign-event.js';
import { PersistentMap } from './persistent-map.js';
import { Refusal } from './refusal.js';

/** A new request was counted; a place is never given back, also not by a withdrawal. */
export type RequestCounted = { readonly type: 'RequestCounted'; readonly providerId: string };
export type AllowanceEvent = RequestCounted;

/** The providers that one organization has requested on one day; there may be very many. */
export interface Allowance {
  readonly counted: PersistentMap<string, true>;
}

export interface CountRequest {
  readonly type: 'CountRequest';
  readonly providerId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const dayMs = 86_400_000;

export const wholeAllowance: Allowance = { counted: PersistentMap.empty() };

/** The day of a moment in UTC, as `2026-11-24`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Counts a request, or nothing when it is counted already. Throws a `rate-limited` {@link Refusal} once the day's places
 * are taken, with the moment from which there are new ones.
 */
export function decideAllowance(
  { providerId, at }: CountRequest,
  { counted }: Allowance,
  perDay: number,
): AllowanceEvent[] {
  if (counted.get(providerId)) return [];
  if (counted.size < perDay) return [{ type: 'RequestCounted', providerId }];
  const opensAt = (Math.floor(at / dayMs) + 1) * dayMs;
  const opens = new Date(opensAt).toISOString();
  throw new Refusal(
    'rate-limited',
    `Your organization has requested ${counted.size} accounts today, and ${perDay} a day are allowed. Try again from ${opens}.`,
    [
      {
        field: 'organization',
        problem: `has requested ${counted.size} accounts on ${dayOf(at)} (UTC)`,
        allowed: `${perDay} a day`,
      },
    ],
    { retryAfterSeconds: Math.ceil((opensAt - at) / 1_000), tryAgainAt: opens, limit: perDay },
  );
}

/** The allowance after an event. */
export function evolveAllowance({ counted }: Allowance, event: AllowanceEvent): Allowance {
  requireType(event, 'RequestCounted');
  return { counted: counted.with([[event.providerId, true]]) };
}
