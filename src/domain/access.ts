/** Who saw and used a provider's credentials: a stream a month, so that none of them grows for ever. */
import { foreignEvent } from './foreign-event.js';

/** What a person may do in the account with a session, in the console as on the command line. */
export type SessionRole = 'administrator' | 'read-only';

export type CredentialsRevealed = {
  readonly type: 'CredentialsRevealed';
  readonly generation: number;
  readonly at: string;
};
/** AWS opened a session, and the way into it was then handed out. */
export type ConsoleSessionOpened = {
  readonly type: 'ConsoleSessionOpened';
  readonly role: SessionRole;
  readonly at: string;
};
/** AWS opened a session, and its keys were then handed out. */
export type CommandLineSessionOpened = {
  readonly type: 'CommandLineSessionOpened';
  readonly role: SessionRole;
  readonly at: string;
};
export type AccessRefused = {
  readonly type: 'AccessRefused';
  readonly what: 'reveal' | 'console-session' | 'command-line-session';
  /** `not-opened`: AWS refused the session, or could not be asked for it. */
  readonly reason: 'rate-limit' | 'not-opened';
  /** Of the session that was asked for; missing of passwords, and in facts from before it was recorded. */
  readonly role?: SessionRole;
  readonly at: string;
};
export type AccessEvent = CredentialsRevealed | ConsoleSessionOpened | CommandLineSessionOpened | AccessRefused;

/** The ways of using a provider's credentials, each with limits of its own. */
export type Access = AccessRefused['what'];

/** That somebody used them, at an ISO time; the person is an actor as the log names it. */
export interface Use {
  readonly person: string;
  readonly at: string;
  /** Of a session, where it is on record. */
  readonly role?: SessionRole;
}

type ByAccess<T> = Readonly<Record<Access, readonly T[]>>;

/** What may still count against a limit, oldest first, and the limits that were met since the last use. */
export interface Uses {
  readonly done: ByAccess<Use>;
  /** Sessions that AWS did not open. */
  readonly failed: ByAccess<Use>;
  /** A limit that was met is recorded once until the next use, so that a hammering client cannot flood the log. */
  readonly limited: readonly { readonly what: Access; readonly person: string }[];
}

const none: ByAccess<Use> = { reveal: [], 'console-session': [], 'command-line-session': [] };

export const neverUsed: Uses = { done: none, failed: none, limited: [] };

/** The highest limit there may be. */
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
  done: joined(earlier.done, later.done),
  failed: joined(earlier.failed, later.failed),
  limited: later.limited,
});

const joined = (earlier: ByAccess<Use>, later: ByAccess<Use>): ByAccess<Use> => ({
  reveal: [...earlier.reveal, ...later.reveal],
  'console-session': [...earlier['console-session'], ...later['console-session']],
  'command-line-session': [...earlier['command-line-session'], ...later['command-line-session']],
});

/** Twice the hour that limits look back on, since the clocks of those who record may differ. */
const rememberedMs = 2 * 3_600_000;

/** The uses of one kind with another; those of long ago are forgotten. A newer version may know kinds that this one does not. */
function withUse(uses: Readonly<Partial<ByAccess<Use>>>, what: Access, use: Use): ByAccess<Use> {
  const since = new Date(Date.parse(use.at) - rememberedMs).toISOString();
  const recent = (uses[what] ?? []).filter(({ at }) => at > since);
  return { ...none, ...uses, [what]: [...recent, use] };
}

/** The uses after an event, which this person caused. */
export function evolveAccess(uses: Uses, event: AccessEvent, _recordedAt: string, person: string): Uses {
  const use: Use = { person, at: event.at, ...('role' in event && event.role && { role: event.role }) };
  const done = (what: Access): Uses => ({
    ...uses,
    done: withUse(uses.done, what, use),
    limited: uses.limited.filter((met) => met.what !== what),
  });
  switch (event.type) {
    case 'CredentialsRevealed':
      return done('reveal');
    case 'ConsoleSessionOpened':
      return done('console-session');
    case 'CommandLineSessionOpened':
      return done('command-line-session');
    case 'AccessRefused':
      return event.reason === 'not-opened'
        ? { ...uses, failed: withUse(uses.failed, event.what, use) }
        : { ...uses, limited: [...uses.limited, { what: event.what, person }] };
    default:
      return foreignEvent(event);
  }
}
