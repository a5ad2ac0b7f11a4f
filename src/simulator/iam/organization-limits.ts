/** The policies of the organization that limit an account: level by level, from the root over the units to the account. */
import type { Documents } from '../engine/core.js';
import type { NamedPolicy } from '../policies/decision.js';
import type { PolicyUse } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { accountOf } from '../world/accounts.js';
import { managedBy, type OrganizationDocument, type PolicyType, unitOf } from '../world/organization.js';
import { attachedIds, organizationPolicy } from '../world/organization-policies.js';

const uses: Readonly<Record<PolicyType, PolicyUse>> = {
  SERVICE_CONTROL_POLICY: 'service-control',
  // The one that AWS keeps allows everything, which a customer's own may not.
  RESOURCE_CONTROL_POLICY: 'bucket',
};

/**
 * The levels of one type that bind an account; none for an account of no organization, for the management account, and
 * while the type is not enabled. Source: Organizations User Guide, SCP evaluation; Resource control policies.
 */
export function levelsOver(
  documents: Documents,
  account: string,
  type: PolicyType,
  now: number,
): readonly (readonly NamedPolicy[])[] {
  const member = accountOf(documents, account, now);
  const organization = member?.organization ? managedBy(documents, member.organization) : undefined;
  const since = organization?.policyTypes[type];
  if (!member || !organization || organization.management === account || since === undefined || now < since) return [];
  const nodes = [...pathOf(documents, organization, member.parentId), account];
  return nodes.map((node) => policiesOn(documents, organization.management, type, node));
}

/** The ids from the root down to a unit. */
export function pathOf(documents: Documents, organization: OrganizationDocument, parent: string): string[] {
  const unit = unitOf(documents, organization.management, parent);
  return unit ? [...pathOf(documents, organization, unit.parentId), unit.id] : [organization.rootId];
}

function policiesOn(documents: Documents, management: string, type: PolicyType, node: string): readonly NamedPolicy[] {
  return attachedIds(documents, management, type, node).flatMap((id) => {
    const policy = organizationPolicy(documents, management, id);
    return policy ? [{ id, statements: parsePolicy(policy.content, uses[type]) }] : [];
  });
}
