/** An exception from the hardening, before it is sent: what is still wrong with it, in words for the field that it stands at. */
import { exceptionsText as text } from '../text/exceptions.js';
import { durationText } from './duration.js';

interface ExceptionAsked {
  readonly object: string;
  readonly owner: string;
  readonly reason: string;
  /** A day, as `2027-03-01`. */
  readonly until: string;
}

const dayMs = 86_400_000;
const mostDays = 365;

/** The day (UTC) so many days after a time. */
export const daysAhead = (now: number, days: number): string => new Date(now + days * dayMs).toISOString().slice(0, 10);

export function mistakesInException(
  { object, owner, reason, until }: ExceptionAsked,
  now: number,
): Readonly<Partial<Record<keyof ExceptionAsked, string>>> {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(until) && until >= daysAhead(now, 0) && until < daysAhead(now, mostDays);
  return {
    ...(/^[a-z-]{1,32}\/[\w+=,.@-]{1,128}\/[a-z0-9-]{1,32}$/.test(object) ? {} : { object: text.objectWrong }),
    ...(/^[\w.:#/-]{1,200}$/.test(owner) ? {} : { owner: text.ownerWrong }),
    ...(reason.trim().length > 0 && reason.length <= 500 ? {} : { reason: text.reasonWrong }),
    ...(isDay ? {} : { until: text.untilWrong }),
  };
}

interface Standing {
  readonly state: keyof typeof text.states;
  /** ISO time. */
  readonly until: string;
}

/** Somebody is to think about one that ends within so many days. */
const soonDays = 7;

/** How an exception stands, and how long it holds yet where that is not long. */
export function lookOfException(
  { state, until }: Standing,
  now: number,
): { readonly look: 'success' | 'stopped' | 'warning'; readonly words: string } {
  const left = Date.parse(until) - now;
  if (state !== 'in-force' || left > soonDays * dayMs) return text.states[state];
  return left > 0 ? { look: 'warning', words: text.endsIn(durationText(left)) } : text.states.expired;
}
