/** All policies that bind a caller in one request. */
import type { Call } from '../engine/core.js';
import { managedPolicies, policiesOfPrincipal } from '../iam/identity-policies.js';
import { levelsOver } from '../iam/organization-limits.js';
import type { NamedPolicy, PoliciesInForce } from '../policies/decision.js';
import type { Demand } from '../policies/demand.js';
import { parsePolicy } from '../policies/grammar.js';
import { isSession } from '../sts/sessions.js';

/** The services whose resources RCPs limit, of those simulated. Source: Organizations User Guide, RCPs. */
const limitedByResource = /^(s3|sts):/;

/** Service-linked roles are bound by no policy of an organization. Source: Organizations User Guide, SCPs, RCPs. */
const isServiceLinked = ({ principal }: Call): boolean => principal.roleArn.includes(':role/aws-service-role/');

export function policiesInForce(call: Call, demand: Demand, resourceAccount: string): PoliciesInForce {
  const { documents, principal, now } = call;
  const free = isServiceLinked(call);
  const isLimited = limitedByResource.test(demand.action);
  return {
    ...policiesOfPrincipal(documents, principal),
    ...sessionOf(call),
    ...(demand.resourcePolicy && { resource: { id: 'resource', ...demand.resourcePolicy } }),
    serviceControl: free ? [] : levelsOver(documents, principal.account, 'SERVICE_CONTROL_POLICY', now),
    resourceControl: free || !isLimited ? [] : levelsOver(documents, resourceAccount, 'RESOURCE_CONTROL_POLICY', now),
  };
}

function sessionOf({ documents, principal }: Call): Pick<PoliciesInForce, 'session'> {
  const narrowed = isSession(principal) ? principal.narrowed : undefined;
  if (!narrowed) return {};
  const inline: readonly NamedPolicy[] = narrowed.texts.map((text) => ({
    id: 'session',
    statements: parsePolicy(text, 'identity'),
  }));
  return { session: [...inline, ...managedPolicies(documents, principal.account, narrowed.arns)] };
}
