/** How often credentials may be shown and sessions opened within an hour, decided from the recorded facts alone. */
import type { Access, AccessEvent, SessionRole, Use, Uses } from './access.js';
import { Refusal } from './refusal.js';

/**
 * How many uses of one provider an hour allows, each at most `mostUsesPerHour`. Of sessions as many again may fail: what AWS
 * did not open uses up none of them.
 */
export interface AccessLimits {
  /** Of one person. */
  readonly revealsPerHour: number;
  readonly consoleSessionsPerHour: number;
  readonly commandLineSessionsPerHour: number;
  /** Of all people together. */
  readonly revealsPerHourOfAll: number;
  /** The same of each kind of session and each role, so that those who only look take nothing from administrators. */
  readonly sessionsPerHourOfAll: number;
}

type Session = Exclude<Access, 'reveal'>;

/** Who does what; `person` is an actor as the log names it. */
export type AccessCommand = { readonly at: string; readonly person: string } & (
  | { readonly type: 'Reveal'; readonly generation: number }
  /** Before AWS is asked: nothing but a limit that is met is a fact yet. */
  | { readonly type: 'AskForSession'; readonly session: Session; readonly role: SessionRole }
  /** AWS opened the session. */
  | { readonly type: 'OpenSession'; readonly session: Session; readonly role: SessionRole }
  /** AWS did not open it. */
  | { readonly type: 'FailSession'; readonly session: Session; readonly role: SessionRole }
);

const hourMs = 3_600_000;

/** The ISO time an hour before: from there on uses count. */
export const hourBefore = (at: string): string => new Date(Date.parse(at) - hourMs).toISOString();

interface Rule {
  readonly ofOne: (limits: AccessLimits) => number;
  readonly ofAll: (limits: AccessLimits) => number;
  /** What AWS did not do when it did not open a session. */
  readonly notOpened: string;
}

const rules: Readonly<Record<Access, Rule>> = {
  reveal: {
    ofOne: ({ revealsPerHour }) => revealsPerHour,
    ofAll: ({ revealsPerHourOfAll }) => revealsPerHourOfAll,
    notOpened: 'It could not be shown',
  },
  'console-session': {
    ofOne: ({ consoleSessionsPerHour }) => consoleSessionsPerHour,
    ofAll: ({ sessionsPerHourOfAll }) => sessionsPerHourOfAll,
    notOpened: 'AWS did not open the console',
  },
  'command-line-session': {
    ofOne: ({ commandLineSessionsPerHour }) => commandLineSessionsPerHour,
    ofAll: ({ sessionsPerHourOfAll }) => sessionsPerHourOfAll,
    notOpened: 'AWS did not open a session for you',
  },
};

const opened = {
  'console-session': 'ConsoleSessionOpened',
  'command-line-session': 'CommandLineSessionOpened',
} as const satisfies Readonly<Record<Session, AccessEvent['type']>>;

const whatOf = (command: AccessCommand): Access => (command.type === 'Reveal' ? 'reveal' : command.session);

/** What a command adds: the use as a fact, or the limit that it meets; nothing when the same limit is on record already. */
export function decideAccess(command: AccessCommand, uses: Uses, limits: AccessLimits): AccessEvent[] {
  const { at } = command;
  const what = whatOf(command);
  const role = command.type === 'Reveal' ? {} : { role: command.role };
  if (limitMet(command, uses, limits))
    return isOnRecord(command, uses) ? [] : [{ type: 'AccessRefused', what, reason: 'rate-limit', ...role, at }];
  switch (command.type) {
    case 'Reveal':
      return [{ type: 'CredentialsRevealed', generation: command.generation, at }];
    case 'AskForSession':
      return [];
    case 'OpenSession':
      return [{ type: opened[command.session], role: command.role, at }];
    case 'FailSession':
      return [{ type: 'AccessRefused', what, reason: 'not-opened', ...role, at }];
    default:
      return command satisfies never;
  }
}

/** Whether it is on record already that this person meets a limit. */
function isOnRecord(command: AccessCommand, { limited }: Uses): boolean {
  const what = whatOf(command);
  return limited.some((met) => met.what === what && met.person === command.person);
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
  readonly used: readonly Use[];
  readonly allowed: number;
}

/** That AWS did not open a session is a fact however often it was asked; the limit holds up who asks again. */
function limitsOn(command: AccessCommand, uses: Uses, limits: AccessLimits): readonly Limit[] {
  if (command.type === 'FailSession') return [];
  const what = whatOf(command);
  const { ofOne, ofAll, notOpened } = rules[what];
  const role = command.type === 'Reveal' ? undefined : command.role;
  const mine = (used: readonly Use[]): readonly Use[] => used.filter(({ person }) => person === command.person);
  const alike = (used: readonly Use[]): readonly Use[] => used.filter((use) => use.role === role);
  return [
    { what: 'You did this', used: mine(uses.done[what]), allowed: ofOne(limits) },
    { what: notOpened, used: mine(uses.failed[what]), allowed: ofOne(limits) },
    { what: 'All together did this', used: alike(uses.done[what]), allowed: ofAll(limits) },
    { what: `${notOpened}, over all people,`, used: alike(uses.failed[what]), allowed: ofAll(limits) },
  ];
}

/** The limit that holds a command up longest, if there is one, and from when on (ms since the epoch) it is free of it. */
function limitMet(command: AccessCommand, uses: Uses, limits: AccessLimits): (Limit & { freeAt: number }) | undefined {
  const since = Date.parse(command.at) - hourMs;
  const met = limitsOn(command, uses, limits).flatMap((limit) => {
    const counted = limit.used.map(({ at }) => Date.parse(at)).filter((at) => at > since);
    if (counted.length < limit.allowed) return [];
    return [{ ...limit, freeAt: (counted[counted.length - limit.allowed] ?? Date.parse(command.at)) + hourMs }];
  });
  return met.sort((a, b) => b.freeAt - a.freeAt)[0];
}
