/** The steps that history can owe a provider, as their table of rows tells of them. */
import type { StepRow } from './step-row.js';
import { rows } from './step-rows.js';

export type Step = keyof typeof rows;
type BaselineOf<S extends Step> = (typeof rows)[S]['baseline'];
/** The parts of the baseline. */
export type BaselineStep = { [S in Step]: BaselineOf<S> extends false ? never : S }[Step];

/** The table; that each prerequisite is a step, the compiler proves here. */
export const stepTable: { readonly [S in Step]: StepRow<Step> } = rows;

/** Every step, in the order in which a person reads them. */
export const steps = Object.keys(rows) as readonly Step[];

/** Whether this is a step of the table. History may name steps that have left it. */
export const isStep = (name: string): name is Step => Object.hasOwn(rows, name);

export const isBaselineStep = (step: Step): step is BaselineStep => stepTable[step].baseline !== false;

const owedWhen = (when: StepRow['baseline']): readonly BaselineStep[] =>
  steps.filter(isBaselineStep).filter((step) => stepTable[step].baseline === when);

/** The parts that a customer waits for. */
export const beforeCredentials = owedWhen('before-credentials');

/** The parts that are done once the customer has an account to work with. */
export const afterCredentials = owedWhen('after-credentials');

/** Every part of the baseline. */
export const baselineSteps: readonly BaselineStep[] = [...beforeCredentials, ...afterCredentials];

/** Whether the step is owed only once the customer has credentials. */
export const isAfterCredentials = (step: Step): boolean => stepTable[step].baseline === 'after-credentials';

/** Whether all that a customer waits for is applied; parts that have left the table count for nothing. */
export const isWhole = (applied: readonly string[]): boolean =>
  beforeCredentials.every((step) => applied.includes(step));

/**
 * The baseline steps that may run now, given those already applied. Where a step has left the table after all others
 * were done, the last of them is owed once more, because only the outcome of a step completes the baseline.
 */
export function openBaselineSteps(applied: readonly string[]): readonly BaselineStep[] {
  const known = latest.find((each) => each.applied === applied);
  if (known) return known.open;
  const open = openAfter(applied);
  latest = [{ applied, open }, latest[0]];
  return open;
}

interface Opened {
  readonly applied: readonly string[];
  readonly open: readonly BaselineStep[];
}

/** Folds ask for the same state and the one before it again and again, and what is applied in a state never changes. */
let latest: readonly [Opened, Opened] = [
  { applied: [], open: [] },
  { applied: [], open: [] },
];

/** The parts of the baseline that each part rests on. */
const needs = beforeCredentials.map((step) => ({ step, after: stepTable[step].after.filter(isBaselineStep) }));

function openAfter(applied: readonly string[]): readonly BaselineStep[] {
  if (isWhole(applied)) return beforeCredentials.slice(-1);
  const isApplied = (step: Step): boolean => applied.includes(step);
  return needs.flatMap(({ step, after }) => (isApplied(step) || !after.every(isApplied) ? [] : [step]));
}

/** Of the parts that history names as still to do, those that the table knows. */
export const stillToDo = (named: readonly string[]): readonly BaselineStep[] =>
  afterCredentials.filter((step) => named.includes(step));
