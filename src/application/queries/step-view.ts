/** What a person sees of one step: its state, its times, and what it waits for. */
import type { FailedCall } from '../../domain/failed-call.js';
import { stepsOwed } from '../../domain/provider/saga.js';
import { isQueued, type Provider } from '../../domain/provider/stages.js';
import { type Step, stepTable } from '../../domain/provider/steps.js';
import type { SetAside } from '../../domain/quarantine.js';
import { isBlocked } from '../../domain/queue/blocked.js';
import type { PresentDelay } from '../ports/present-delays.js';
import type { ProviderRow, StepTimes } from '../ports/read-models.js';
import type { Standstill } from '../quarantine/standstill.js';
import type { PaceOf } from './eta.js';

type Wait = NonNullable<StepTimes['waitsFor']>;

export type StepState = 'pending' | 'running' | 'waiting' | 'done' | 'halted';

export interface StepView {
  readonly step: Step;
  readonly title: string;
  readonly state: StepState;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** Missing where this process does not know: before the first, after a restart, or where another process tries. */
  readonly attempts?: number;
  readonly waitsFor?: string;
  readonly reason?: string;
  /** The call that failed last, for the reseller's people. */
  readonly call?: FailedCall;
}

/** What the status needs beside the row: what the guess needs, and who reads. */
export interface Surroundings extends PaceOf {
  /** What stands in the way of a step of this provider now, where it was met by this process. */
  readonly delayOf: (step: Step) => PresentDelay | undefined;
  /** How often this process has tried a step of this provider, where it knows. */
  readonly triesOf: (step: Step) => number | undefined;
  readonly seesAll: boolean;
  /** The decision that sets this provider aside, if there is one. */
  readonly quarantine?: SetAside | undefined;
  /** When its hardening was looked at last (ISO), if it was. */
  readonly checkedAt?: string | undefined;
  /** Why nobody is given a slot now, if so. */
  readonly standstill?: Standstill | undefined;
}

/** One step of the row, as this reader may see it. */
export function stepView(step: Step, { provider, steps: times }: ProviderRow, around: Surroundings): StepView {
  const { queue, quarantine, standstill } = around;
  const at = times[step];
  const state = quarantine && !at?.finishedAt ? 'pending' : stateOf(step, provider, at);
  const attempts = state === 'pending' ? undefined : around.triesOf(step);
  const view = {
    step,
    title: stepTable[step].title,
    state,
    ...(at && { startedAt: at.startedAt }),
    ...(at?.finishedAt && { finishedAt: at.finishedAt }),
    ...(attempts !== undefined && { attempts }),
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
  if (!stepsOwed(provider).includes(step)) return 'pending';
  return at?.waitsFor ? 'waiting' : 'running';
}
