/**
 * What the customer's people may do: everything, except what would undo the hardening or show prices that are not
 * theirs.
 * An administrator can escape a policy by making another principal; the guardrails of the organizational unit bind
 * them all.
 */
import { consoleRoleName, wayInRoleName } from './names.js';
import { type PolicyDocument, policy, type Statement } from './policy-document.js';
import { type BaselineSettings, managedPolicyArn, roleArn } from './settings.js';

/** Services that show bills, costs, usage or budgets. Source: Service Authorization Reference, 2026-09. */
const billingServices = [
  'aws-portal',
  'bcm-dashboards',
  'bcm-data-exports',
  'bcm-pricing-calculator',
  'bcm-recommended-actions',
  'billing',
  'billingconductor',
  'budgets',
  'ce',
  'consolidatedbilling',
  'cost-optimization-hub',
  'cur',
  'customer-verification',
  'freetier',
  'invoicing',
  'mapcredits',
  'payments',
  'purchase-orders',
  'tax',
] as const;

/** Joining and leaving an organization. */
const membershipActions = [
  'AcceptHandshake',
  'CreateOrganization',
  'DeleteOrganization',
  'InviteAccountToOrganization',
  'LeaveOrganization',
  'RemoveAccountFromOrganization',
];

/**
 * Who owns the account and how AWS reaches them; `account:*` as a whole also enables regions, which is the
 * customer's.
 */
const accountActions = [
  'AcceptPrimaryEmailUpdate',
  'CloseAccount',
  'DeleteAlternateContact',
  'PutAccountName',
  'PutAlternateContact',
  'PutContactInformation',
  'StartPrimaryEmailUpdate',
];

/**
 * Every way to change, replace or borrow an IAM object. Reading stays allowed, and so do changes of one's own user
 * and of
 * who is in a group: a colleague belongs in the administrators' group, which is bound, rather than in one that is not.
 */
const objectChanges = ['Attach', 'Create', 'Delete', 'Detach', 'Pass', 'Put', 'Set', 'Tag', 'Untag', 'Update'];

/**
 * The customer policy. Nothing in it stands between a new user and the first sign-in: changing one's password and
 * enrolling an MFA device are denied by no statement.
 */
export function customerPolicy(settings: BaselineSettings): PolicyDocument {
  return policy(
    allowEverything(settings),
    denial(
      'DenyOrganizationMembership',
      membershipActions.map((action) => `organizations:${action}`),
    ),
    denial(
      'DenyBilling',
      billingServices.map((service) => `${service}:*`),
    ),
    denial(
      'DenyAccountIdentity',
      accountActions.map((action) => `account:${action}`),
    ),
    denial('DenyRemovalOfSignInProtection', [
      'iam:DeactivateMFADevice',
      'iam:DeleteSAMLProvider',
      'iam:DeleteVirtualMFADevice',
    ]),
    protectResellerObjects(settings),
  );
}

/** The read-only role carries this policy for its denials alone, so the allowance leaves it out. */
function allowEverything(settings: BaselineSettings): Statement {
  const readOnly = roleArn(settings, consoleRoleName(settings.prefix, 'read-only'));
  return {
    Sid: 'AllowEverythingElse',
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': readOnly } },
  };
}

function protectResellerObjects(settings: BaselineSettings): Statement {
  return {
    Sid: 'DenyChangesOfResellerObjects',
    Effect: 'Deny',
    Action: [...objectChanges.map((verb) => `iam:${verb}*`), 'sts:AssumeRole'],
    Resource: [
      roleArn(settings, `${settings.prefix}*`),
      roleArn(settings, wayInRoleName),
      managedPolicyArn(settings, `${settings.prefix}*`),
      managedPolicyArn(settings, 'CAMOpsOverridePolicy'),
      `arn:aws:iam::${settings.accountId}:group/${settings.prefix}*`,
    ],
  };
}

const denial = (sid: string, actions: readonly string[]): Statement => ({
  Sid: sid,
  Effect: 'Deny',
  Action: actions,
  Resource: '*',
});
