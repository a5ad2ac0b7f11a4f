/** Who saw and used a provider's credentials. Rate limits are decided from these facts alone. */
import { Refusal } from './refusal.js';

export type ConsoleRole = 'administrator' | 'read-only';

export type CredentialsRevealed = {
  readonly type: 'CredentialsRevealed';
  readonly generation: number;
  readonly at: string;
};
export type ConsoleSessionOpened = {
  readonly type: 'ConsoleSessionOpened';
  readonly role: ConsoleRole;
  readonly at: string;
};
export type AccessRefused = {
  readonly type: 'AccessRefused';
  readonly what: 'reveal' | 'console-session';
  readonly reason: 'rate-limit';
  readonly at: string;
};
export type AccessEvent = CredentialsRevealed | ConsoleSessionOpened | AccessRefused;

/** The ISO times of the uses that may still count against a limit, oldest first, and of the refusals after the last use. */
export interface Access {
  readonly reveals: readonly string[];
  readonly sessions: readonly string[];
  /** A refusal is recorded once until the next use, so that a hammering client cannot flood the log. */
  readonly refused: readonly AccessRefused['what'][];
}

export const nobodyYet: Access = { reveals: [], sessions: [], refused: [] };

/** The highest limit there may be: so many uses are remembered, and one more would never be counted. */
export const mostUsesPerHour = 1_000;

/** How many uses an hour allows, each at most {@link mostUsesPerHour}. */
export interface AccessLimits {
  readonly revealsPerHour: number;
  readonly consoleSessionsPerHour: number;
}

export type AccessCommand =
  | { readonly type: 'Reveal'; readonly generation: number; readonly at: string }
  | { readonly type: 'OpenConsole'; readonly role: ConsoleRole; readonly at: string };

const hourMs = 3_600_000;

/** The use as a fact, or the refusal as a fact; nothing when the same refusal is already on record. */
export function decideAccess(command: AccessCommand, access: Access, limits: AccessLimits): AccessEvent[] {
  const { what, refused } = standing(command, access, limits);
  if (refused)
    return access.refused.includes(what) ? [] : [{ type: 'AccessRefused', what, reason: 'rate-limit', at: command.at }];
  if (command.type === 'Reveal')
    return [{ type: 'CredentialsRevealed', generation: command.generation, at: command.at }];
  return [{ type: 'ConsoleSessionOpened', role: command.role, at: command.at }];
}

/** Throws the refusal that a command meets now, to be called once its fact is recorded. */
export function refuseOverLimit(command: AccessCommand, access: Access, limits: AccessLimits): void {
  const { allowed, refused, freeAt } = standing(command, access, limits);
  if (!refused) return;
  const retryAfterSeconds = Math.ceil((freeAt - Date.parse(command.at)) / 1_000);
  const words = `This was done ${allowed} times within an hour, which is the limit; try again in ${minutes(retryAfterSeconds)}.`;
  throw new Refusal('rate-limited', words, [], { retryAfterSeconds });
}

function minutes(seconds: number): string {
  const count = Math.ceil(seconds / 60);
  return count === 1 ? 'a minute' : `${count} minutes`;
}

/** Whether the use is over the limit, and if so from when on (ms since the epoch) another is within it. */
function standing(command: AccessCommand, access: Access, limits: AccessLimits) {
  const reveal = command.type === 'Reveal';
  const allowed = reveal ? limits.revealsPerHour : limits.consoleSessionsPerHour;
  const since = Date.parse(command.at) - hourMs;
  const used = (reveal ? access.reveals : access.sessions).map((at) => Date.parse(at)).filter((at) => at > since);
  const refused = used.length >= allowed;
  const freeAt = (used[used.length - allowed] ?? Date.parse(command.at)) + hourMs;
  return { what: reveal ? ('reveal' as const) : ('console-session' as const), allowed, refused, freeAt };
}

/** The uses after an event; only the latest are remembered, as many as the highest limit counts. */
export function evolveAccess(access: Access, event: AccessEvent): Access {
  switch (event.type) {
    case 'CredentialsRevealed':
      return { ...access, reveals: [...access.reveals, event.at].slice(-mostUsesPerHour), refused: [] };
    case 'ConsoleSessionOpened':
      return { ...access, sessions: [...access.sessions, event.at].slice(-mostUsesPerHour), refused: [] };
    case 'AccessRefused':
      return { ...access, refused: [...access.refused, event.what] };
    default:
      return event satisfies never;
  }
}
