/** What some stages know beside what every provider and every account has. */
import type { FailedCall } from '../failed-call.js';
import type { RootState } from './root-state.js';
import type { BaselineStep, Step } from './steps.js';

/** What a stage in which something is owed knows of its own pace. */
export interface Pace {
  /** ISO time of the fact that made the present steps owed (or of the last resume); deadlines count from it. */
  readonly since: string;
  /** The reason last recorded for each step that is held up. */
  readonly delays: Readonly<Partial<Record<Step, string>>>;
  /** Of steps after the credentials, which may wait for ever: when (ISO) each of their reasons was last recorded. */
  readonly reasonsTold?: Readonly<Partial<Record<Step, Readonly<Record<string, string>>>>>;
}

export interface Halt {
  readonly step: Step;
  readonly reason: string;
  readonly whoMustAct: 'customer' | 'operator';
  readonly words: string;
  readonly call?: FailedCall;
  readonly haltedAt: string;
}

/** The parts of the baseline that history left for later and that are not done yet. */
export interface Remaining {
  readonly remaining: readonly BaselineStep[];
}

/** What was found of the account once AWS served it. */
export interface Probed {
  readonly root: RootState;
}

/** The baseline of whom the account's roles and groups are, since what AWS is asked of them depends on it. */
export interface AccessModelled {
  /** Version of the baseline; `undefined` until its access model is applied. */
  readonly accessBaseline: string | undefined;
}
