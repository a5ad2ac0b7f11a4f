/** Refuses a call that the policies in force do not allow, in the words of AWS and of the service. */
import type { AwsError, Call } from '../engine/core.js';
import { troubleOf } from '../engine/dialects.js';
import { type Decision, decide, type Layer, type PoliciesInForce } from '../policies/decision.js';
import type { Demand } from '../policies/demand.js';
import { globalFacts, present } from './context.js';
import { demandsOf } from './demands.js';
import { policiesInForce } from './policies-in-force.js';
import { readOnce } from './read-once.js';

/** Throws the service's own error of unauthorised access for the first demand that is not allowed. */
export function authorize(asked: Call): void {
  const call = { ...asked, documents: readOnce(asked.documents) };
  for (const demand of demandsOf(call)) {
    const resourceAccount = demand.resourceAccount ?? call.account;
    const policies = policiesInForce(call, demand, resourceAccount);
    const context = present({ ...globalFacts(call, resourceAccount), ...demand.context });
    const { principal } = call;
    const { action, resource } = demand;
    const decision = decide({ principal, action, resource, resourceAccount, context }, policies);
    if (decision.decision !== 'allowed') throw denied(call, demand, decision, policies);
  }
}

/** Source: IAM User Guide, Troubleshoot access denied error messages. */
const names: Readonly<Record<Layer, string>> = {
  resourceControl: 'resource control policy',
  serviceControl: 'service control policy',
  resource: 'resource-based policy',
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
};

function denied(call: Call, demand: Demand, decision: Decision, policies: PoliciesInForce): AwsError {
  const { action, resource } = demand;
  const subject = `User: ${call.principal.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  return troubleOf(call.service, 'unauthorized', `${subject}${reason(call, demand, decision, policies)}`);
}

/**
 * Of another account's policies AWS tells nothing, and nothing of a role's trust, so that a role that does not trust the
 * caller is answered like one that does not exist.
 */
function reason(
  { account }: Call,
  { action, resourceAccount = account }: Demand,
  { decision, refusedBy = 'identity' }: Decision,
  { resource }: PoliciesInForce,
): string {
  const isOfResource = refusedBy === 'resource' || refusedBy === 'resourceControl';
  const isOfTrust = refusedBy === 'resource' && resource?.kind === 'trust';
  if (isOfTrust || (resourceAccount !== account && isOfResource)) return '';
  const name = names[refusedBy];
  if (decision === 'implicitDeny') return ` because no ${name} allows the ${action} action`;
  return ` with an explicit deny in ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}
