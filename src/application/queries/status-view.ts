/** What a person sees of a provider: its stage, every step with its times, what it waits for, when it will be done. */

import { refusalWords } from '../../domain/eligibility.js';
import { owed } from '../../domain/provider/saga.js';
import { type Credentials, type Halt, hasAccount, type Provider, underneath } from '../../domain/provider/stages.js';
import { baselineSteps, isBaselineStep, type Step, steps } from '../../domain/provider/steps.js';
import type { ProviderRow } from '../read-models.js';

export type StepState = 'pending' | 'running' | 'waiting' | 'done' | 'halted';

export interface StepView {
  readonly step: Step;
  readonly title: string;
  readonly state: StepState;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly waitsFor?: string;
  readonly reason?: string;
}

/** What the status needs beside the row: the clock, the usual pace, the place in the queue, who reads. */
export interface Surroundings {
  readonly now: number;
  readonly pace: Readonly<Partial<Record<Step, number>>>;
  readonly queue: { readonly position: number; readonly ahead: number } | undefined;
  readonly seesAll: boolean;
}

const titles: Readonly<Record<Step, string>> = {
  AssignPayer: 'Find a free slot',
  CreateAccount: 'Create the AWS account',
  LinkPayer: 'Link it for consolidated billing',
  AwaitReadiness: 'Wait until AWS has the account ready',
  AutomationAccess: 'Bring in the automation role',
  PasswordPolicy: 'Set the password policy',
  AccessModel: 'Set up roles, groups and policies',
  AuditTrail: 'Set up CloudTrail and its bucket',
  ConfigRecorder: 'Set up AWS Config',
  IssueCredentials: 'Issue credentials',
  SettleCredentials: 'Wait for the first sign-in',
};

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

export const provisioningSteps = steps.filter((step) => step !== 'SettleCredentials');

/** The row as this reader may see it, at this moment. */
export function statusView(row: ProviderRow, around: Surroundings) {
  const { provider } = row;
  const known = underneath(provider);
  const etaSeconds = eta(row, around);
  return {
    id: row.providerId,
    stage: provider.stage,
    ...summary(known),
    requestedAt: row.requestedAt,
    changedAt: row.changedAt,
    steps: provisioningSteps.map((step) => stepView(step, row, around)),
    ...(etaSeconds === undefined ? {} : { etaSeconds }),
    ...(around.queue ? { queue: around.queue } : {}),
    ...(provider.stage === 'halted' ? { halt: haltView(provider.halt, around.seesAll) } : {}),
    ...(hasAccount(known) ? { account: accountView(known, around.seesAll) } : {}),
    ...(known.stage === 'active' ? { credentials: credentialsView(known.credentials) } : {}),
    position: row.position,
  };
}

export type StatusView = ReturnType<typeof statusView>;

function summary(known: Provider) {
  if (known.stage === 'refused') {
    const { organization, reasons } = known;
    return { organization, reasons: reasons.map((reason) => ({ reason, words: refusalWords[reason] })) };
  }
  if (!('name' in known)) return {};
  const { organization, name, origin, territory } = known;
  return { organization, name, origin, territory };
}

function haltView({ call, ...halt }: Halt, seesAll: boolean) {
  return seesAll && call ? { ...halt, call } : halt;
}

function accountView(known: { accountId: string; payerId: string }, seesAll: boolean) {
  return seesAll ? { id: known.accountId, payerId: known.payerId } : { id: known.accountId };
}

function credentialsView(credentials: Credentials) {
  if (credentials.state === 'reissuing') return { state: credentials.state, generation: credentials.generation };
  const { secret, ...visible } = credentials;
  return visible;
}

function stepView(step: Step, { provider, steps: times }: ProviderRow, { queue }: Surroundings): StepView {
  const at = times[step];
  const state = stateOf(step, provider, at);
  const view = {
    step,
    title: titles[step],
    state,
    ...(at && { startedAt: at.startedAt }),
    ...(at?.finishedAt && { finishedAt: at.finishedAt }),
  };
  if (state !== 'waiting') return view;
  if (step === 'AssignPayer' && queue)
    return { ...view, waitsFor: queueWords(queue.ahead), reason: at?.waitsFor?.reason ?? 'slot-awaited' };
  return { ...view, ...(at?.waitsFor && { waitsFor: at.waitsFor.words, reason: at.waitsFor.reason }) };
}

const queueWords = (ahead: number): string =>
  ahead === 0
    ? 'Next in line for a free slot at AWS.'
    : `Waiting for a free slot at AWS: ${ahead} ${ahead === 1 ? 'provider is' : 'providers are'} ahead.`;

function stateOf(step: Step, provider: Provider, at: ProviderRow['steps'][Step]): StepState {
  if (at?.finishedAt) return 'done';
  if (provider.stage === 'halted') return provider.halt.step === step ? 'halted' : 'pending';
  if (!owed(provider).some((o) => o.step === step)) return 'pending';
  return at?.waitsFor ? 'waiting' : 'running';
}

/** Seconds until credentials, from the usual pace of the steps that are left; none when nothing moves by itself. */
function eta({ provider, steps: times }: ProviderRow, { now, pace, queue }: Surroundings): number | undefined {
  if (!owed(provider).some((o) => o.step !== 'SettleCredentials')) return undefined;
  const left = (step: Step): number => {
    const at = times[step];
    if (at?.finishedAt) return 0;
    const takes = pace[step] ?? usualMs[step];
    return at ? Math.max(takes - (now - Date.parse(at.startedAt)), takes / 10) : takes;
  };
  const active = underneath(provider).stage === 'active';
  const ordered = active
    ? (['IssueCredentials'] as const)
    : provisioningSteps.filter((s) => !isBaselineStep(s) || s === 'AutomationAccess');
  const sideBySide = active ? 0 : Math.max(...baselineSteps.filter((s) => s !== 'AutomationAccess').map(left));
  const waiting = queue ? queue.ahead * (pace.CreateAccount ?? usualMs.CreateAccount) * 0.2 : 0;
  return Math.ceil((ordered.map(left).reduce((a, b) => a + b, 0) + sideBySide + waiting) / 1_000);
}
