/** The steps that history can owe a provider, in one table: a new step is one row here, and its ensure. */

interface StepRow<S extends string = string> {
  /** What a person reads of it. */
  readonly title: string;
  /** The steps that must be done before it; those that need nothing of each other run side by side. */
  readonly after: readonly S[];
  /** How long it may be owed before it halts for a person; `undefined` where waiting has no end of its own. */
  readonly patienceMs: number | undefined;
  /** What it takes where nothing has been measured yet. */
  readonly usualMs: number;
  /** Who must act once its time is up. */
  readonly whoMustAct: 'customer' | 'operator';
  /** Whether it is a part of the hardening baseline. */
  readonly baseline: boolean;
}

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

const rows = {
  AssignPayer: {
    title: 'Find a free slot',
    after: [],
    patienceMs: undefined,
    usualMs: seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  CreateAccount: {
    title: 'Create the AWS account',
    after: ['AssignPayer'],
    patienceMs: 24 * hours,
    usualMs: 30 * seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  LinkPayer: {
    title: 'Link it for consolidated billing',
    after: ['CreateAccount'],
    patienceMs: hours,
    usualMs: 3 * seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  AwaitReadiness: {
    title: 'Wait until AWS has the account ready',
    after: ['LinkPayer'],
    patienceMs: 30 * minutes,
    usualMs: minutes,
    whoMustAct: 'operator',
    baseline: false,
  },
  AutomationAccess: {
    title: 'Bring in the automation role',
    after: ['AwaitReadiness'],
    patienceMs: hours,
    usualMs: 5 * seconds,
    whoMustAct: 'operator',
    baseline: true,
  },
  // Every other part of the baseline is applied through our own role, so that must exist first.
  PasswordPolicy: {
    title: 'Set the password policy',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 2 * seconds,
    whoMustAct: 'operator',
    baseline: true,
  },
  AccessModel: {
    title: 'Set up roles, groups and policies',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 15 * seconds,
    whoMustAct: 'operator',
    baseline: true,
  },
  AuditTrail: {
    title: 'Set up CloudTrail and its bucket',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 20 * seconds,
    whoMustAct: 'operator',
    baseline: true,
  },
  ConfigRecorder: {
    title: 'Set up AWS Config',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 20 * seconds,
    whoMustAct: 'operator',
    baseline: true,
  },
  IssueCredentials: {
    title: 'Issue credentials',
    after: ['PasswordPolicy', 'AccessModel', 'AuditTrail', 'ConfigRecorder'],
    patienceMs: hours,
    usualMs: 5 * seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  SettleCredentials: {
    title: 'Wait for the first sign-in',
    after: ['IssueCredentials'],
    patienceMs: undefined,
    usualMs: 0,
    whoMustAct: 'customer',
    baseline: false,
  },
} as const satisfies Readonly<Record<string, StepRow>>;

export type Step = keyof typeof rows;
/** The parts of the baseline. */
export type BaselineStep = { [S in Step]: (typeof rows)[S]['baseline'] extends true ? S : never }[Step];

/** The table; that each prerequisite is a step, the compiler proves here. */
export const stepTable: { readonly [S in Step]: StepRow<Step> } = rows;

/** Every step, in the order in which a person reads them. */
export const steps = Object.keys(rows) as readonly Step[];

/** Whether this is a step of the table. History may name steps that have left it. */
export const isStep = (name: string): name is Step => Object.hasOwn(rows, name);

export const isBaselineStep = (step: Step): step is BaselineStep => stepTable[step].baseline;

export const baselineSteps: readonly BaselineStep[] = steps.filter(isBaselineStep);

/** Whether every part of the baseline is applied; parts that have left the table count for nothing. */
export const isWhole = (applied: readonly string[]): boolean => baselineSteps.every((step) => applied.includes(step));

/**
 * The baseline steps that may run now, given those already applied. Where a step has left the table after all others
 * were done, the last of them is owed once more, because only the outcome of a step completes the baseline.
 */
export function openBaselineSteps(applied: readonly string[]): readonly BaselineStep[] {
  if (isWhole(applied)) return baselineSteps.slice(-1);
  const done = (step: Step): boolean => !isBaselineStep(step) || applied.includes(step);
  return baselineSteps.filter((step) => !applied.includes(step) && stepTable[step].after.every(done));
}
