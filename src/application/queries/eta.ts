/** When it will be done: an honest guess from the usual pace of the steps that are left. */
import { owed } from '../../domain/provider/saga.js';
import { underneath } from '../../domain/provider/stages.js';
import { baselineSteps, isBaselineStep, type Step, steps } from '../../domain/provider/steps.js';
import { isBlocked } from '../../domain/queue/queue.js';
import type { ProviderRow } from '../ports/read-models.js';

/** The steps from accepted terms to credentials. */
export const provisioningSteps = steps.filter((step) => step !== 'SettleCredentials');

/** What the guess needs beside the row: the clock, the usual pace, the place in the queue. */
export interface PaceOf {
  readonly now: number;
  readonly pace: Readonly<Partial<Record<Step, number>>>;
  /** `slots` is how many accounts may be made at once where it may be made. */
  readonly queue: { readonly position: number; readonly ahead: number; readonly slots: number } | undefined;
}

/** What a step takes where nothing has been measured yet, in milliseconds. */
const usualMs: Readonly<Record<Step, number>> = {
  AssignPayer: 1_000,
  CreateAccount: 30_000,
  LinkPayer: 3_000,
  AwaitReadiness: 60_000,
  AutomationAccess: 5_000,
  PasswordPolicy: 2_000,
  AccessModel: 15_000,
  AuditTrail: 20_000,
  ConfigRecorder: 20_000,
  IssueCredentials: 5_000,
  SettleCredentials: 0,
};

/** Seconds until credentials, from the usual pace of the steps that are left; none when nothing moves by itself. */
export function eta({ provider, steps: times }: ProviderRow, { now, pace, queue }: PaceOf): number | undefined {
  const moving = owed(provider).filter(({ step }) => step !== 'SettleCredentials');
  if (moving.length === 0 || moving.some(({ step }) => isBlocked(times[step]?.waitsFor?.reason))) return undefined;
  const left = (step: Step): number => {
    const at = times[step];
    if (at?.finishedAt) return 0;
    const takes = pace[step] ?? usualMs[step];
    return at ? Math.max(takes - (now - Date.parse(at.resumedAt ?? at.startedAt)), takes / 10) : takes;
  };
  const active = underneath(provider).stage === 'active';
  const ordered = active
    ? (['IssueCredentials'] as const)
    : provisioningSteps.filter((s) => !isBaselineStep(s) || s === 'AutomationAccess');
  const sideBySide = active ? 0 : Math.max(...baselineSteps.filter((s) => s !== 'AutomationAccess').map(left));
  const rounds = queue ? queue.ahead / Math.max(queue.slots, 1) : 0;
  const waiting = rounds * (pace.CreateAccount ?? usualMs.CreateAccount);
  return Math.ceil((ordered.map(left).reduce((a, b) => a + b, 0) + sideBySide + waiting) / 1_000);
}
