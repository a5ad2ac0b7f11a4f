/** The organization of a payer at the beginning: its root, the customers' unit, the leaving unit, and their policies. */
import type { Documents } from '../engine/core.js';
import {
  initialSwitches,
  type OrganizationDocument,
  organizationKinds,
  putOrganizationDocument,
  type UnitDocument,
} from '../world/organization.js';
import { untagged } from '../world/tags.js';
import type { FirstPolicy, WorldPayer } from '../world/world.js';
import { putPolicies } from './first-policies.js';

/** Writes the organization down and returns it; its management account is the caller's to write. */
export function putOrganization(
  documents: Documents,
  payer: WorldPayer,
  policies: readonly FirstPolicy[],
): OrganizationDocument {
  const { account, email, organizationId, rootId, customersUnit, leavingUnit } = payer;
  const organization: OrganizationDocument = {
    ...untagged,
    ...initialSwitches,
    id: organizationId,
    management: account,
    email,
    rootId,
    accountLimit: 10_000,
    accountCount: 1,
  };
  putOrganizationDocument(documents, organization);
  putUnit(documents, organization, customersUnit, 'Customers');
  putUnit(documents, organization, leavingUnit, 'Leaving');
  putPolicies(documents, organization, customersUnit, policies);
  return organization;
}

function putUnit(documents: Documents, { id, management, rootId }: OrganizationDocument, unit: string, name: string) {
  const arn = `arn:aws:organizations::${management}:ou/${id}/${unit}`;
  const document: UnitDocument = { ...untagged, id: unit, arn, name, parentId: rootId };
  documents.put(organizationKinds.unit, management, unit, document);
}
