/** When it will be done: an honest guess from the usual pace of the steps that are left. */
import { stepsOwed } from '../../domain/provider/saga.js';
import { underneath } from '../../domain/provider/stages.js';
import { isAfterCredentials, type Step, steps, stepTable } from '../../domain/provider/steps.js';
import { isBlocked } from '../../domain/queue/blocked.js';
import type { PaceRange, ProviderRow } from '../ports/read-models.js';

/** The steps from accepted terms to credentials. */
export const provisioningSteps = steps.filter((step) => step !== 'SettleCredentials' && !isAfterCredentials(step));

/** What the guess needs beside the row: the clock, the usual pace, the place in the queue. */
export interface PaceOf {
  readonly now: number;
  readonly pace: Readonly<Partial<Record<Step, number>>>;
  readonly paceRange: Readonly<Partial<Record<Step, PaceRange>>>;
  /** `slots` is how many accounts may be made at once where it may be made. */
  readonly queue: { readonly position: number; readonly ahead: number; readonly slots: number } | undefined;
}

/** What the guess needs of a row. */
type Moved = Pick<ProviderRow, 'provider' | 'steps'>;

type Usual = (step: Step) => number;

/** Seconds until credentials, from the usual pace of the steps that are left; none when nothing moves by itself. */
export const eta = (row: Moved, around: PaceOf): number | undefined =>
  guess(row, around, (step) => around.pace[step] ?? stepTable[step].usualMs);

/** Between what it will take: a tenth of the steps were done faster, and a tenth more slowly. */
export interface EtaRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** What the past cannot say of one account, whose calls wait for others and are tried again: a tenth, and five seconds. */
const unsureOf = (seconds: number): number => Math.max(5, seconds / 10);

/** The same as a range. A step that was never done may take half or twice what AWS is known to take. */
export function etaRange(row: Moved, around: PaceOf): EtaRange | undefined {
  const { paceRange } = around;
  const least = guess(row, around, (step) => paceRange[step]?.low ?? stepTable[step].usualMs / 2);
  const most = guess(row, around, (step) => paceRange[step]?.high ?? stepTable[step].usualMs * 2);
  if (least === undefined || most === undefined) return undefined;
  return {
    fromSeconds: Math.max(0, Math.floor(least - unsureOf(least))),
    toSeconds: Math.ceil(most + unsureOf(most)),
  };
}

function guess({ provider, steps: times }: Moved, { now, queue }: PaceOf, usual: Usual): number | undefined {
  const moving = stepsOwed(provider).filter((step) => provisioningSteps.includes(step));
  if (moving.length === 0 || moving.some((step) => isBlocked(times[step]?.waitsFor?.reason))) return undefined;
  const left = (step: Step): number => {
    const at = times[step];
    if (at?.finishedAt) return 0;
    const takes = usual(step);
    return at ? Math.max(takes - (now - Date.parse(at.resumedAt ?? at.startedAt)), takes / 10) : takes;
  };
  // Credentials that are issued again rest on nothing that is still to do.
  const active = underneath(provider).stage === 'active';
  const stepsMs = active ? left('IssueCredentials') : longestPathMs('IssueCredentials', left);
  const rounds = queue ? queue.ahead / Math.max(queue.slots, 1) : 0;
  const waiting = rounds * usual('CreateAccount');
  return Math.ceil((stepsMs + waiting) / 1_000);
}

/** How long it takes until a step is done: its own time after the longest of what it rests on, milliseconds. */
const longestPathMs = (step: Step, left: (step: Step) => number): number =>
  Math.max(0, ...stepTable[step].after.map((before) => longestPathMs(before, left))) + left(step);
