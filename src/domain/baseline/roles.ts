/** The roles of a hardened account: what each is for, which managed policies it carries, whom it trusts. */
import {
  automationRoleName,
  consoleRoleName,
  customerPolicyName,
  noSupportPolicyName,
  operationsRoleName,
  optimizationRoleName,
} from './names.js';
import { type Desired, ours } from './objects.js';
import { type PolicyDocument, policy } from './policy-document.js';
import { awsPolicyArn, type BaselineSettings, managedPolicyArn } from './settings.js';

/** Role chaining ends a session after an hour anyway. Source: STS AssumeRole. */
const maxSessionSeconds = 3600;

interface RoleRow {
  readonly name: string;
  readonly purpose: string;
  /** Names of policies that AWS keeps. */
  readonly aws: readonly string[];
  /** Names of policies of this baseline. */
  readonly own: readonly string[];
  readonly trusts: 'automation' | 'nobody';
}

function rows(prefix: string): readonly RoleRow[] {
  const customer = customerPolicyName(prefix);
  const [cam, noSupport] = [`${prefix}CAMPolicy`, noSupportPolicyName(prefix)];
  const readOnly = ['ReadOnlyAccess'];
  const [console, look] = [consoleRoleName(prefix, 'administrator'), consoleRoleName(prefix, 'read-only')];
  return [
    row(
      operationsRoleName(prefix),
      'support staff',
      [...readOnly, 'AWSSupportAccess'],
      [`${prefix}OperationsPolicy`, 'CAMOpsOverridePolicy'],
    ),
    row(`${prefix}AccountControlsLambdaRole`, 'auto-remediation', [], [`${prefix}AccountControlsLambdaPolicy`]),
    row(optimizationRoleName(prefix), 'cost analytics and best practices', [], [`${prefix}CloudOptimizationPolicy`]),
    row(`${prefix}ApplicationManagerRole`, 'deployment automation and monitoring', readOnly, [
      cam,
      'CAMOverridePolicy',
    ]),
    row(
      console,
      'console access of administrators',
      // `aws login` makes keys for the command line out of the session at the console. Source: AWS CLI User Guide.
      [...readOnly, 'SignInLocalDevelopmentAccess'],
      [noSupport, cam, 'CAMOverridePolicy', customer],
    ),
    row(look, 'console access to look around', readOnly, [customer, noSupport]),
    {
      ...row(`${prefix}ServiceManagmentRole`, 'service managers, not in use', [], [`${prefix}ServiceManagmentPolicy`]),
      trusts: 'nobody',
    },
  ];
}

const row = (name: string, purpose: string, aws: readonly string[], own: readonly string[]): RoleRow => ({
  name,
  purpose,
  aws,
  own,
  trusts: 'automation',
});

/**
 * Who may assume a role: one named role of the reseller and never a whole account, or by an explicit denial nobody.
 * The account is the principal and a condition names the role, because IAM turns a role as principal into its unique
 * id: a reseller who deletes and makes that role again would be locked out. Source: IAM User Guide, Principal element.
 */
const trust: Readonly<Record<RoleRow['trusts'], (settings: BaselineSettings) => PolicyDocument>> = {
  automation: (settings) =>
    policy({
      Sid: 'TrustAutomation',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${settings.automationRoleArn.split(':')[4]}:root` },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      Condition: { ArnEquals: { 'aws:PrincipalArn': settings.automationRoleArn } },
    }),
  nobody: () => policy({ Sid: 'TrustNobody', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }),
};

const whyRole = ({ purpose, trusts }: RoleRow): string =>
  trusts === 'nobody'
    ? `Kept for ${purpose}; nobody can assume it.`
    : `Serves ${purpose}, and leaves who acted in the trail.`;

function role(settings: BaselineSettings, row: RoleRow): Desired<'role'> {
  const members = {
    trust: trust[row.trusts](settings),
    description: `${settings.resellerName}: ${row.purpose}`,
    maxSessionSeconds,
    policies: [...row.aws.map(awsPolicyArn), ...row.own.map((name) => managedPolicyArn(settings, name))],
    inlinePolicies: [],
  };
  return ours('role', row.name, 'global', members, whyRole(row));
}

/** The role through which everything else is applied. */
export const automationRole = (settings: BaselineSettings): Desired<'role'> =>
  role(settings, {
    name: automationRoleName(settings.prefix),
    purpose: 'account automation',
    aws: ['AdministratorAccess'],
    own: [],
    trusts: 'automation',
  });

/** The roles of the reseller's staff and tools and of the customer's people. */
export const accessRoles = (settings: BaselineSettings): readonly Desired<'role'>[] =>
  rows(settings.prefix).map((row) => role(settings, row));
