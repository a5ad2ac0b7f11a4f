/** When each account was looked at last, and what came of it. No fact, because nothing hangs on it but when to look next. */

/** `drifting`: what was found is being put right, so that another look is due soon. */
export type LookOutcome = 'held' | 'drifted' | 'drifting' | 'failed';

export interface Look {
  readonly providerId: string;
  readonly payerId: string;
  /** ISO time. */
  readonly at: string;
  readonly outcome: LookOutcome;
}

export interface DayOfLooks {
  /** Providers that were looked at, each with what came of it on that day: a drift that was put right is a drift. */
  readonly outcomes: ReadonlyMap<string, LookOutcome>;
}

/** Losing them means that everybody is looked at in the next minute of their own. */
export interface HardeningLooks {
  /** The last look that saw the account and left nothing to look at again. */
  latest(providerId: string): Look | undefined;
  note(look: Look): void;
  /** Of a payer on a day (UTC). */
  on(payerId: string, day: string): DayOfLooks;
  /** The first day that anything is known of, if there is one. */
  firstDay(): string | undefined;
}
