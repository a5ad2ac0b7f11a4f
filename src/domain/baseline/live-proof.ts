/** What AWS itself is asked about a hardened account before it is handed over: the dozen decisions that matter most. */
import {
  administratorsGroup,
  automationRoleName,
  bucketName,
  consoleRoleName,
  operationsRoleName,
  optimizationRoleName,
  trailName,
} from './names.js';
import type { BaselineSettings } from './settings.js';

/** One decision: may this principal do this here? */
export interface ProofRow {
  /** By which facts and words name it. */
  readonly name: string;
  /** ARN of a role or group. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Whether whoever asks has proved who they are by a second factor; absent for roles, of which nobody demands one. */
  readonly mfa?: boolean;
  readonly expected: 'allowed' | 'denied';
}

type Whom = 'administrators' | 'console' | 'looking' | 'operations' | 'analytics';
type Where = 'any' | 'trail' | 'bucket' | 'automation' | 'group' | 'device';
type Factor = 'password alone';

/** The rows as data. What a customer's administrator could undo first, then what must work. */
const table: readonly (readonly [
  action: string,
  where: Where,
  whom: Whom,
  expected: ProofRow['expected'],
  factor?: Factor,
])[] = [
  ['cloudtrail:StopLogging', 'trail', 'administrators', 'denied'],
  ['s3:DeleteBucketPolicy', 'bucket', 'administrators', 'denied'],
  ['iam:UpdateAssumeRolePolicy', 'automation', 'administrators', 'denied'],
  ['iam:RemoveUserFromGroup', 'group', 'administrators', 'denied'],
  ['config:StopConfigurationRecorder', 'any', 'administrators', 'denied'],
  ['iam:DeleteAccountPasswordPolicy', 'any', 'administrators', 'denied'],
  ['organizations:LeaveOrganization', 'any', 'administrators', 'denied'],
  ['account:CloseAccount', 'any', 'console', 'denied'],
  ['ce:GetCostAndUsage', 'any', 'console', 'denied'],
  ['support:CreateCase', 'any', 'console', 'denied'],
  ['ec2:RunInstances', 'any', 'looking', 'denied'],
  ['ec2:RunInstances', 'any', 'administrators', 'denied', 'password alone'],
  ['iam:CreateVirtualMFADevice', 'device', 'administrators', 'allowed', 'password alone'],
  ['ec2:RunInstances', 'any', 'administrators', 'allowed'],
  ['lambda:CreateFunction', 'any', 'console', 'allowed'],
  ['support:CreateCase', 'any', 'operations', 'allowed'],
  ['ce:GetCostAndUsage', 'any', 'analytics', 'allowed'],
];

/** Since this version of the baseline administrators need a second factor. */
const factorSince = [2026, 11, 5] as const;

/** Whether an access model of this version demands a second factor; one that was set up before gets it by a rollout, once in use. */
function demandsFactor(version: string | undefined): boolean {
  if (version === undefined) return false;
  const parts = version.split('-').map(Number);
  const [differs = 0] = factorSince.map((since, at) => (parts[at] ?? 0) - since).filter((each) => each !== 0);
  return differs >= 0;
}

/** The rows in one account, whose access model is of a version of the baseline. */
export function proofRows(settings: BaselineSettings, accessBaseline: string | undefined): readonly ProofRow[] {
  const { prefix, accountId, homeRegion } = settings;
  const role = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`;
  const group = `arn:aws:iam::${accountId}:group/${administratorsGroup(prefix)}`;
  const principals: Readonly<Record<Whom, string>> = {
    administrators: group,
    console: role(consoleRoleName(prefix, 'administrator')),
    looking: role(consoleRoleName(prefix, 'read-only')),
    operations: role(operationsRoleName(prefix)),
    analytics: role(optimizationRoleName(prefix)),
  };
  const resources: Readonly<Record<Where, string>> = {
    any: '*',
    trail: `arn:aws:cloudtrail:${homeRegion}:${accountId}:trail/${trailName(prefix)}`,
    bucket: `arn:aws:s3:::${bucketName(prefix, 'audit', accountId, homeRegion)}`,
    automation: role(automationRoleName(prefix)),
    group,
    device: `arn:aws:iam::${accountId}:mfa/phone`,
  };
  const asked = table.filter(([, , , , factor]) => !factor || demandsFactor(accessBaseline));
  return asked.map(([action, where, whom, expected, factor]) => ({
    name: factor ? `${whom} by ${factor} ${action}` : `${whom} ${action}`,
    principal: principals[whom],
    action,
    resource: resources[where],
    ...(whom === 'administrators' ? { mfa: factor === undefined } : {}),
    expected,
  }));
}
