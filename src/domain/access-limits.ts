/** How often credentials may be shown and the console opened within an hour, decided from the recorded facts alone. */
import type { AccessEvent, ConsoleRole, Uses } from './access.js';
import { Refusal } from './refusal.js';

/** How many uses an hour allows, each at most `mostUsesPerHour`. */
export interface AccessLimits {
  readonly revealsPerHour: number;
  /** As many again may fail: what AWS did not open uses up none of them. */
  readonly consoleSessionsPerHour: number;
}

export type AccessCommand =
  | { readonly type: 'Reveal'; readonly generation: number; readonly at: string }
  /** Before AWS is asked: nothing but a limit that is met is a fact yet. */
  | { readonly type: 'AskForConsole'; readonly at: string }
  /** AWS opened the session. */
  | { readonly type: 'OpenConsole'; readonly role: ConsoleRole; readonly at: string }
  /** AWS did not open it. */
  | { readonly type: 'FailConsole'; readonly at: string };

const hourMs = 3_600_000;

/** The ISO time an hour before: from there on uses count. */
export const hourBefore = (at: string): string => new Date(Date.parse(at) - hourMs).toISOString();

/** What a command adds: the use as a fact, or the limit that it meets; nothing when the same limit is on record already. */
export function decideAccess(command: AccessCommand, uses: Uses, limits: AccessLimits): AccessEvent[] {
  const { at } = command;
  const what = command.type === 'Reveal' ? 'reveal' : 'console-session';
  if (limitMet(command, uses, limits))
    return uses.limited.includes(what) ? [] : [{ type: 'AccessRefused', what, reason: 'rate-limit', at }];
  switch (command.type) {
    case 'Reveal':
      return [{ type: 'CredentialsRevealed', generation: command.generation, at }];
    case 'AskForConsole':
      return [];
    case 'OpenConsole':
      return [{ type: 'ConsoleSessionOpened', role: command.role, at }];
    case 'FailConsole':
      return [{ type: 'AccessRefused', what, reason: 'not-opened', at }];
    default:
      return command satisfies never;
  }
}

/** Throws the refusal that a command meets now, to be called once its fact is recorded. */
export function refuseOverLimit(command: AccessCommand, uses: Uses, limits: AccessLimits): void {
  const met = limitMet(command, uses, limits);
  if (!met) return;
  const retryAfterSeconds = Math.ceil((met.freeAt - Date.parse(command.at)) / 1_000);
  const words = `${met.what} ${met.allowed} times within an hour, which is the limit; try again in ${minutes(retryAfterSeconds)}.`;
  throw new Refusal('rate-limited', words, [], { retryAfterSeconds, limit: met.allowed });
}

function minutes(seconds: number): string {
  const count = Math.ceil(seconds / 60);
  return count === 1 ? 'a minute' : `${count} minutes`;
}

interface Limit {
  readonly what: string;
  readonly used: readonly string[];
  readonly allowed: number;
}

/** That AWS did not open a session is a fact however often it was asked; the limit holds up who asks again. */
function limitsOn({ type }: AccessCommand, uses: Uses, limits: AccessLimits): readonly Limit[] {
  if (type === 'FailConsole') return [];
  if (type === 'Reveal') return [{ what: 'This was done', used: uses.reveals, allowed: limits.revealsPerHour }];
  const allowed = limits.consoleSessionsPerHour;
  return [
    { what: 'This was done', used: uses.sessions, allowed },
    { what: 'AWS did not open the console', used: uses.failures, allowed },
  ];
}

/** The limit that holds a command up longest, if there is one, and from when on (ms since the epoch) it is free of it. */
function limitMet(command: AccessCommand, uses: Uses, limits: AccessLimits): (Limit & { freeAt: number }) | undefined {
  const since = Date.parse(command.at) - hourMs;
  const met = limitsOn(command, uses, limits).flatMap((limit) => {
    const counted = limit.used.map((at) => Date.parse(at)).filter((at) => at > since);
    if (counted.length < limit.allowed) return [];
    return [{ ...limit, freeAt: (counted[counted.length - limit.allowed] ?? Date.parse(command.at)) + hourMs }];
  });
  return met.sort((a, b) => b.freeAt - a.freeAt)[0];
}
