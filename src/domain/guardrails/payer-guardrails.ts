/** The guardrails of one payer: which an operator has applied there, and whether they are still as they were applied. */
import { foreignEvent } from '../foreign-event.js';

/** A policy as it was applied; it is kept whole, so that just this text can be restored whatever this program has become. */
export type AppliedPolicy = {
  readonly name: string;
  /** Of the content, `jcs1:` and SHA-256. */
  readonly digest: string;
  readonly content: string;
};

/** `canary`: a unit of few accounts, where a change is tried first; `customers`: the unit of all customers' accounts. */
export type GuardrailStage = 'canary' | 'customers';

export type GuardrailsApplied = {
  readonly type: 'GuardrailsApplied';
  readonly stage: GuardrailStage;
  readonly organizationalUnit: string;
  readonly policies: readonly AppliedPolicy[];
  /** Of the plan that the operator was shown. */
  readonly planDigest: string;
  /** What was done, one line each; none when all of it was in force already. */
  readonly changes: readonly string[];
};
export type GuardrailsDriftDetected = {
  readonly type: 'GuardrailsDriftDetected';
  /** What it takes to have again what was applied, one line each. */
  readonly findings: readonly string[];
  /** The plans that what was found is compared with. */
  readonly planDigests: readonly string[];
};
export type GuardrailsRestored = {
  readonly type: 'GuardrailsRestored';
  readonly changes: readonly string[];
};
export type GuardrailsEvent = GuardrailsApplied | GuardrailsDriftDetected | GuardrailsRestored;

type Applied = Omit<GuardrailsApplied, 'type' | 'changes'>;

/** `since` is the ISO time of the last event. What is applied is in the order of its stages, the canary's first. */
export type PayerGuardrails =
  | { readonly state: 'none' }
  | { readonly state: 'kept'; readonly since: string; readonly applied: readonly Applied[] }
  | {
      readonly state: 'drifted';
      readonly since: string;
      readonly applied: readonly Applied[];
      readonly findings: readonly string[];
    };

export const noGuardrails: PayerGuardrails = { state: 'none' };

/** What was applied last at a stage. */
export const appliedAt = (guardrails: PayerGuardrails, stage: GuardrailStage): Applied | undefined =>
  allApplied(guardrails).find((applied) => applied.stage === stage);

/** All that is to be kept. */
export const allApplied = (guardrails: PayerGuardrails): readonly Applied[] =>
  guardrails.state === 'none' ? [] : guardrails.applied;

/** The plans that led to what is to be kept. */
export const planDigestsOf = (guardrails: PayerGuardrails): readonly string[] =>
  allApplied(guardrails).map(({ planDigest }) => planDigest);

/** What an operator's application adds to history: nothing when it changed nothing and the same is on record. */
export function decideApplied(applied: GuardrailsApplied, guardrails: PayerGuardrails): readonly GuardrailsApplied[] {
  const before = appliedAt(guardrails, applied.stage);
  const same = before && guardrails.state === 'kept' && textOf(before) === textOf(applied);
  return same && applied.changes.length === 0 ? [] : [applied];
}

const textOf = ({ organizationalUnit, policies }: Pick<Applied, 'organizationalUnit' | 'policies'>): string =>
  [organizationalUnit, ...policies.map(({ name, digest }) => `${name} ${digest}`)].join('\n');

/** Looking whether what was applied is in force, and putting it back where it is not. */
export type GuardrailStep = 'WatchGuardrails' | 'RestoreGuardrails';

export interface OwedGuardrails {
  readonly step: GuardrailStep;
  readonly since: string;
  readonly deadline: undefined;
}

/** Nothing is owed where no operator has applied anything. */
export function owedGuardrails(guardrails: PayerGuardrails): readonly OwedGuardrails[] {
  if (guardrails.state === 'none') return [];
  const step = guardrails.state === 'kept' ? 'WatchGuardrails' : 'RestoreGuardrails';
  return [{ step, since: guardrails.since, deadline: undefined }];
}

/** What an outcome adds: nothing once its step is not owed, or when something else was applied meanwhile. */
export function recordGuardrails(
  step: GuardrailStep,
  outcome: GuardrailsEvent,
  guardrails: PayerGuardrails,
): readonly GuardrailsEvent[] {
  if (!owedGuardrails(guardrails).some((owed) => owed.step === step)) return [];
  if (outcome.type !== 'GuardrailsDriftDetected') return [outcome];
  return outcome.planDigests.join() === planDigestsOf(guardrails).join() ? [outcome] : [];
}

/** The guardrails of a payer after an event, recorded at an ISO time. */
export function evolveGuardrails(guardrails: PayerGuardrails, event: GuardrailsEvent, at: string): PayerGuardrails {
  switch (event.type) {
    case 'GuardrailsApplied': {
      const { type: _type, changes: _changes, ...applied } = event;
      const others = allApplied(guardrails).filter(({ stage }) => stage !== applied.stage);
      return { state: 'kept', since: at, applied: [...others, applied].sort(canaryFirst) };
    }
    case 'GuardrailsDriftDetected':
      return { state: 'drifted', since: at, applied: allApplied(guardrails), findings: event.findings };
    case 'GuardrailsRestored':
      return { state: 'kept', since: at, applied: allApplied(guardrails) };
    default:
      return foreignEvent(event);
  }
}

const canaryFirst = (a: Applied, b: Applied): number => a.stage.localeCompare(b.stage);
