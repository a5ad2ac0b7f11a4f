/** What is withheld from the customer's people, by their own policy and by the guardrails above the account. */

/** Services that show bills, costs, usage or budgets, or what could be saved at prices that are not the customer's. Source: Service Authorization Reference, 2026-09. */
export const billingServices = [
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
];

/** Advice that names savings at the reseller's prices; operations look at it for the customer. */
export const adviceServices = ['trustedadvisor'];

/**
 * Commitments that the reseller would pay for. `Purchase*` takes in every offering of a service, also those to come.
 * Source: Service Authorization Reference, 2026-09.
 */
export const purchases = [
  'aws-marketplace:Subscribe',
  'dynamodb:Purchase*',
  'ec2:Purchase*',
  'elasticache:Purchase*',
  'es:Purchase*',
  'medialive:Purchase*',
  'memorydb:Purchase*',
  'rds:Purchase*',
  'redshift:Purchase*',
];

/** Commitments of a kind of their own, whose offers show the reseller's prices as well. */
export const commitmentServices = ['savingsplans'];

/** Joining and leaving an organization, and reading who stands above the account. */
export const membershipActions = [
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
export const accountActions = [
  'AcceptPrimaryEmailUpdate',
  'CloseAccount',
  'DeleteAlternateContact',
  'PutAccountName',
  'PutAlternateContact',
  'PutContactInformation',
  'StartPrimaryEmailUpdate',
];
