/** What the role in a payer needs there, whom it trusts, and what preflight looks at besides. */
import { wayInRoleName } from '../baseline/names.js';
import {
  accountOf,
  allow,
  documentOf,
  type OwnAccessPayer,
  type OwnAccessSettings,
  type PolicyDocument,
  type Statement,
} from './statements.js';

const scpsAlone = { StringEquals: { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' } };

/** AWS's service that manages the root access of members. */
const rootAccessAlone = { StringEquals: { 'organizations:ServicePrincipal': 'iam.amazonaws.com' } };

/** Accounts are made and put where they belong. Tags at creation are a permission of their own, on what has no ARN yet. */
const making = (of: (what: string) => string): readonly Statement[] => [
  allow('MakeAccounts', ['organizations:CreateAccount', 'organizations:TagResource']),
  allow(
    'PutAccountsInTheirUnit',
    ['organizations:MoveAccount'],
    ['account', 'ou', 'root'].map((kind) => of(`${kind}/o-*/*`)),
  ),
  allow('EnterNewAccounts', ['sts:AssumeRole'], [`arn:aws:iam::*:role/${wayInRoleName}`]),
];

const seeing = allow('SeeTheOrganization', [
  'organizations:DescribeAccount',
  'organizations:DescribeCreateAccountStatus',
  'organizations:DescribeOrganization',
  'organizations:DescribePolicy',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListCreateAccountStatus',
  'organizations:ListParents',
  'organizations:ListPolicies',
  'organizations:ListPoliciesForTarget',
  'organizations:ListRoots',
  'organizations:ListTagsForResource',
]);

/** Guardrails are written and attached, and none is detached or deleted; the root access of members is switched on. */
function keeping(of: (what: string) => string, guarded: readonly string[]): readonly Statement[] {
  const policies = of('policy/o-*/service_control_policy/p-*');
  const targets = guarded.map((unit) => of(`ou/o-*/${unit}`));
  return [
    allow('WriteGuardrails', ['organizations:CreatePolicy'], ['*'], scpsAlone),
    allow('KeepGuardrails', ['organizations:UpdatePolicy'], [policies], scpsAlone),
    allow('AttachGuardrails', ['organizations:AttachPolicy'], [policies, ...targets], scpsAlone),
    allow('SwitchGuardrailsOn', ['organizations:EnablePolicyType'], [of('root/o-*/*')], scpsAlone),
    allow('TrustRootAccess', ['organizations:EnableAWSServiceAccess'], ['*'], rootAccessAlone),
    allow('CentralizeRootAccess', [
      'iam:EnableOrganizationsRootCredentialsManagement',
      'iam:EnableOrganizationsRootSessions',
      'iam:ListOrganizationsFeatures',
    ]),
  ];
}

/** What the role in a payer may do; it closes and removes no account. Source: Service Authorization Reference, Organizations, IAM. */
export function payerPolicy({ accountId, units }: Pick<OwnAccessPayer, 'accountId' | 'units'>): PolicyDocument {
  const of = (what: string): string => `arn:aws:organizations::${accountId}:${what}`;
  return documentOf(...making(of), seeing, ...keeping(of, units.guarded));
}

/** Trusts one role of our account by its name: as a principal it would become its unique id, and die with it. */
export const payerTrust = ({ automationRoleArn }: OwnAccessSettings): PolicyDocument =>
  documentOf({
    Sid: 'TheServiceAlone',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountOf(automationRoleArn)}:root` },
    Action: ['sts:AssumeRole'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': automationRoleArn } },
  });

/** What `npm run preflight` reads in a payer beyond that. The service itself never needs it. */
export const preflightPolicy = ({ accountId, roleArn, units }: OwnAccessPayer): PolicyDocument =>
  documentOf(
    allow(
      'SeeUnits',
      ['organizations:DescribeOrganizationalUnit'],
      units.all.map((unit) => `arn:aws:organizations::${accountId}:ou/o-*/${unit}`),
    ),
    allow('SeeQuotas', ['servicequotas:ListServiceQuotas']),
    allow('AskWhatTheRoleMay', ['iam:SimulatePrincipalPolicy'], [roleArn]),
  );
