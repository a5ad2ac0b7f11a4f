/** Where units and accounts stand in their organization, spelled out from the top. */
import type { Call } from '../engine/core.js';
import { type AccountDocument, parentSeen } from '../world/accounts.js';
import { type OrganizationDocument, type UnitDocument, unitOf } from '../world/organization.js';

/** Units nest five deep at most. Source: Organizations User Guide, quotas. */
export const deepest = 5;

/**
 * Such as `o-…/r-…/ou-…/123456789012/`: the ids from the organization down to the account, with a slash at the end.
 * Source: Organizations API, Account.Paths and the pattern of Path.
 */
export const accountPath = (call: Call, organization: OrganizationDocument, account: AccountDocument): string =>
  `${parentPath(call, organization, parentSeen(account, call.now))}${account.id}/`;

/** Such as `o-…/r-…/ou-…/`. Source: Organizations API, OrganizationalUnit.Path. */
export const unitPath = (call: Call, organization: OrganizationDocument, unit: UnitDocument): string =>
  `${parentPath(call, organization, unit.parentId)}${unit.id}/`;

function parentPath({ documents }: Call, { id, management, rootId }: OrganizationDocument, parent: string): string {
  const steps: string[] = [];
  let at = unitOf(documents, management, parent);
  for (; at !== undefined && steps.length < deepest; at = unitOf(documents, management, at.parentId)) {
    steps.unshift(`${at.id}/`);
  }
  return `${id}/${rootId}/${steps.join('')}`;
}
