/**
 * What the customer's people may do: everything, except what would undo the hardening, bind the reseller or show prices
 * that are not theirs.
 * An administrator can escape a policy by making another principal; the guardrails of the organizational unit bind
 * them all.
 */
import { consoleRoleName } from './names.js';
import { type PolicyDocument, policy, type Statement } from './policy-document.js';
import { protections } from './protections.js';
import { type BaselineSettings, roleArn } from './settings.js';
import { denial } from './statements.js';

/** Services that show bills, costs, usage or budgets, or what could be saved at prices that are not the customer's. Source: Service Authorization Reference, 2026-09. */
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
  'compute-optimizer',
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
  'trustedadvisor',
] as const;

/**
 * Commitments that the reseller would pay for. `Purchase*` takes in every offering of a service, also those to come.
 * Source: Service Authorization Reference, 2026-09.
 */
const purchases = [
  'aws-marketplace:Subscribe',
  'dynamodb:Purchase*',
  'ec2:Purchase*',
  'elasticache:Purchase*',
  'es:Purchase*',
  'medialive:Purchase*',
  'memorydb:Purchase*',
  'rds:Purchase*',
  'redshift:Purchase*',
  'savingsplans:*',
];

/** Joining and leaving an organization, and reading who stands above the account. */
const membershipActions = [
  'AcceptHandshake',
  'CreateOrganization',
  'DeleteOrganization',
  'Describe*',
  'InviteAccountToOrganization',
  'LeaveOrganization',
  'List*',
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
 * The customer policy. Nothing in it stands between a new user and the first sign-in: changing one's password and
 * enrolling an MFA device are denied by no statement.
 */
export function customerPolicy(settings: BaselineSettings): PolicyDocument {
  const of = (service: string, actions: readonly string[]) => actions.map((action) => `${service}:${action}`);
  return policy(
    allowEverything(settings),
    denial('DenyOrganizationMembership', of('organizations', membershipActions)),
    denial(
      'DenyBilling',
      billingServices.map((service) => `${service}:*`),
    ),
    denial('DenyPurchases', purchases),
    denial('DenyAccountIdentity', of('account', accountActions)),
    ...protections(settings),
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
