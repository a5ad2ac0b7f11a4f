/** What a person sees of a provider: its stage, every step with its times, what it waits for, when it will be done. */

import { refusalWords } from '../../domain/eligibility.js';
import type { FailedCall } from '../../domain/failed-call.js';
import { endOf } from '../../domain/provider/account-state.js';
import type { Credentials } from '../../domain/provider/handout.js';
import { owed } from '../../domain/provider/saga.js';
import {
  type Account,
  type Halt,
  hasAccount,
  isQueued,
  type Moving,
  type Provider,
  underneath,
} from '../../domain/provider/stages.js';
import { afterCredentials, type Step, stepTable } from '../../domain/provider/steps.js';
import type { SetAside } from '../../domain/quarantine.js';
import { isBlocked } from '../../domain/queue/blocked.js';
import type { PresentDelay } from '../ports/present-delays.js';
import type { ProviderRow, StepTimes } from '../ports/read-models.js';
import type { Standstill } from '../quarantine/standstill.js';
import { setAsideWords } from '../streams/quarantined.js';
import { eta, type PaceOf, provisioningSteps } from './eta.js';

type Wait = NonNullable<StepTimes['waitsFor']>;

export type StepState = 'pending' | 'running' | 'waiting' | 'done' | 'halted';

export interface StepView {
  readonly step: Step;
  readonly title: string;
  readonly state: StepState;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly waitsFor?: string;
  readonly reason?: string;
  /** The call that failed last, for the reseller's people. */
  readonly call?: FailedCall;
}

/** What the status needs beside the row: what the guess needs, and who reads. */
export interface Surroundings extends PaceOf {
  /** What stands in the way of a step of this provider now, where it was met by this process. */
  readonly delayOf: (step: Step) => PresentDelay | undefined;
  readonly seesAll: boolean;
  /** The decision that sets this provider aside, if there is one. */
  readonly quarantine?: SetAside | undefined;
  /** Why nobody is given a slot now, if so. */
  readonly standstill?: Standstill | undefined;
}

/** The row as this reader may see it, at this moment. */
export function statusView(row: ProviderRow, around: Surroundings) {
  const { provider } = row;
  const known = underneath(provider);
  const { quarantine } = around;
  const etaSeconds = quarantine || (around.standstill && isQueued(provider)) ? undefined : eta(row, around);
  return {
    id: row.providerId,
    stage: provider.stage,
    ...summary(known),
    requestedAt: row.requestedAt,
    changedAt: row.changedAt,
    steps: stepsShown(row).map((step) => stepView(step, row, around)),
    ...(etaSeconds === undefined ? {} : { etaSeconds }),
    ...(around.queue ? { queue: { position: around.queue.position, ahead: around.queue.ahead } } : {}),
    ...(quarantine ? { quarantine: quarantineView(quarantine, around.seesAll) } : {}),
    ...heldBy(provider, around.seesAll),
    position: row.position,
  };
}

/** What a provider holds besides its summary, as this reader may see it. */
function heldBy(provider: Provider, seesAll: boolean) {
  const known = underneath(provider);
  return {
    ...(provider.stage === 'halted' ? { halt: haltView(provider.halt, seesAll) } : {}),
    ...(hasAccount(known) ? { account: accountView(known, seesAll) } : {}),
    ...(known.stage === 'active' ? { credentials: credentialsView(known.credentials) } : {}),
  };
}

/** What a reader may know of a provider without its steps and times. */
export const factsOf = (provider: Provider, seesAll: boolean): Readonly<Record<string, unknown>> => ({
  stage: provider.stage,
  ...summary(underneath(provider)),
  ...heldBy(provider, seesAll),
});

/** The steps to the credentials, and of those that follow what history has left for later: an older baseline left nothing. */
function stepsShown({ provider, steps }: ProviderRow): readonly Step[] {
  const known = underneath(provider);
  const left = 'remaining' in known ? known.remaining : [];
  return [...provisioningSteps, ...afterCredentials.filter((step) => left.includes(step) || steps[step])];
}

export type StatusView = ReturnType<typeof statusView>;

function summary(known: Provider) {
  if (known.stage === 'refused') {
    const { organization, reasons } = known;
    return { organization, reasons: reasons.map((reason) => ({ reason, words: refusalWords[reason] })) };
  }
  if (!('name' in known)) return {};
  const { organization, name, origin, territory } = known;
  return { organization, name, origin: origin.kind, territory };
}

function quarantineView({ since, ...decision }: SetAside, seesAll: boolean) {
  return { since, words: setAsideWords, ...(seesAll ? decision : {}) };
}

function haltView({ call, ...halt }: Halt, seesAll: boolean) {
  return seesAll && call ? { ...halt, call } : halt;
}

/** The state at AWS is told of an active provider whose account is at its end, with what that means. */
function accountView(known: Extract<Moving, Account>, seesAll: boolean) {
  const end = known.stage === 'active' ? endOf(known.accountState) : undefined;
  return {
    id: known.accountId,
    ...(seesAll ? { payerId: known.payerId } : {}),
    ...(end && known.stage === 'active' ? { state: known.accountState, reason: end.reason, words: end.words } : {}),
  };
}

function credentialsView(credentials: Credentials) {
  if (credentials.state === 'reissuing') return { state: credentials.state, generation: credentials.generation };
  const { secret, ...visible } = credentials;
  return visible;
}

function stepView(step: Step, { provider, steps: times }: ProviderRow, around: Surroundings): StepView {
  const { queue, quarantine, standstill } = around;
  const at = times[step];
  const state = quarantine && !at?.finishedAt ? 'pending' : stateOf(step, provider, at);
  const view = {
    step,
    title: stepTable[step].title,
    state,
    ...(at && { startedAt: at.startedAt }),
    ...(at?.finishedAt && { finishedAt: at.finishedAt }),
  };
  if (step === 'AssignPayer' && standstill && isQueued(provider) && !quarantine)
    return { ...view, state: 'waiting', waitsFor: standstill.words, reason: standstill.reason };
  if (state !== 'waiting') return view;
  const reason = at?.waitsFor?.reason;
  if (step === 'AssignPayer' && queue && !isBlocked(reason))
    return { ...view, waitsFor: queueWords(queue.ahead), reason: reason ?? 'slot-awaited' };
  return { ...view, ...(at?.waitsFor && waitView(at.waitsFor, around.delayOf(step), around.seesAll)) };
}

/** What a step waits for: the reason on record, in the words of what stands in the way now where they are known here. */
function waitView(told: Wait, now: PresentDelay | undefined, seesAll: boolean) {
  const present = now?.reason === told.reason ? now : undefined;
  const call = seesAll && present?.call ? { call: present.call } : {};
  return { waitsFor: present?.words ?? told.words, reason: told.reason, ...call };
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
