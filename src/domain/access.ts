/** Who saw and used a provider's credentials: a stream a month, so that none of them grows for ever. */
import { foreignEvent } from './foreign-event.js';

export type ConsoleRole = 'administrator' | 'read-only';

export type CredentialsRevealed = {
  readonly type: 'CredentialsRevealed';
  readonly generation: number;
  readonly at: string;
};
/** AWS opened a session, and the way into it was then handed out. */
export type ConsoleSessionOpened = {
  readonly type: 'ConsoleSessionOpened';
  readonly role: ConsoleRole;
  readonly at: string;
};
export type AccessRefused = {
  readonly type: 'AccessRefused';
  readonly what: 'reveal' | 'console-session';
  /** `not-opened`: AWS refused the session, or could not be asked for it. */
  readonly reason: 'rate-limit' | 'not-opened';
  readonly at: string;
};
export type AccessEvent = CredentialsRevealed | ConsoleSessionOpened | AccessRefused;

/** The ISO times of what may still count against a limit, oldest first, and the limits that were met since the last use. */
export interface Uses {
  readonly reveals: readonly string[];
  readonly sessions: readonly string[];
  /** Sessions that AWS did not open. */
  readonly failures: readonly string[];
  /** A limit that was met is recorded once until the next use, so that a hammering client cannot flood the log. */
  readonly limited: readonly AccessRefused['what'][];
}

export const neverUsed: Uses = { reveals: [], sessions: [], failures: [], limited: [] };

/** The highest limit there may be: so many uses are remembered, and one more would never be counted. */
export const mostUsesPerHour = 1_000;

/** The month of an ISO time in UTC, as `2026-11`. */
export const monthOf = (at: string): string => at.slice(0, 7);

/** Each month from that of one ISO time to that of another. */
export function monthsFrom(since: string, until: string): readonly string[] {
  const months: string[] = [];
  for (const at = new Date(`${monthOf(since)}-01T00:00:00.000Z`); at.toISOString() <= until; ) {
    months.push(monthOf(at.toISOString()));
    at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return months;
}

/** What counts over two streams, one after the other. */
export const together = (earlier: Uses, later: Uses): Uses => ({
  reveals: [...earlier.reveals, ...later.reveals],
  sessions: [...earlier.sessions, ...later.sessions],
  failures: [...earlier.failures, ...later.failures],
  limited: later.limited,
});

const latest = (times: readonly string[], at: string): readonly string[] => [...times, at].slice(-mostUsesPerHour);

/** The uses after an event; only the latest are remembered, as many as the highest limit counts. */
export function evolveAccess(uses: Uses, event: AccessEvent): Uses {
  switch (event.type) {
    case 'CredentialsRevealed':
      return { ...uses, reveals: latest(uses.reveals, event.at), limited: [] };
    case 'ConsoleSessionOpened':
      return { ...uses, sessions: latest(uses.sessions, event.at), limited: [] };
    case 'AccessRefused':
      return event.reason === 'not-opened'
        ? { ...uses, failures: latest(uses.failures, event.at) }
        : { ...uses, limited: [...uses.limited, event.what] };
    default:
      return foreignEvent(event);
  }
}
