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
import {
  accountActions,
  adviceServices,
  billingServices,
  commitmentServices,
  membershipActions,
  purchases,
} from './withheld.js';

/**
 * The customer policy. Nothing in it stands between a new user and the first sign-in: changing one's password and
 * enrolling an MFA device are denied by no statement.
 */
export function customerPolicy(settings: BaselineSettings): PolicyDocument {
  const of = (service: string, actions: readonly string[]) => actions.map((action) => `${service}:${action}`);
  const all = (services: readonly string[]) => services.map((service) => `${service}:*`);
  return policy(
    allowEverything(settings),
    denial('DenyOrganizationMembership', of('organizations', membershipActions)),
    denial('DenyBilling', all([...billingServices, ...adviceServices])),
    ...(settings.purchases === 'allowed' ? [] : [denial('DenyPurchases', [...purchases, ...all(commitmentServices)])]),
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
