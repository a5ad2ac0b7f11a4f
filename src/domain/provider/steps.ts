/** The steps that history can owe a provider, and which of them wait for which. */

/** The parts of the baseline. Those that need nothing of each other run side by side. */
export const baselineSteps = [
  'AutomationAccess',
  'PasswordPolicy',
  'AccessModel',
  'AuditTrail',
  'ConfigRecorder',
] as const;
export type BaselineStep = (typeof baselineSteps)[number];

export const steps = [
  'AssignPayer',
  'CreateAccount',
  'LinkPayer',
  'AwaitReadiness',
  ...baselineSteps,
  'IssueCredentials',
  'SettleCredentials',
] as const;
export type Step = (typeof steps)[number];

/** Every other part is applied through our own role, so that must exist first. */
const prerequisites: Readonly<Record<BaselineStep, readonly BaselineStep[]>> = {
  AutomationAccess: [],
  PasswordPolicy: ['AutomationAccess'],
  AccessModel: ['AutomationAccess'],
  AuditTrail: ['AutomationAccess'],
  ConfigRecorder: ['AutomationAccess'],
};

/** The baseline steps that may run now, given those already applied. */
export function openBaselineSteps(applied: readonly BaselineStep[]): readonly BaselineStep[] {
  return baselineSteps.filter(
    (step) => !applied.includes(step) && prerequisites[step].every((p) => applied.includes(p)),
  );
}

export const isBaselineStep = (step: Step): step is BaselineStep => (baselineSteps as readonly string[]).includes(step);
