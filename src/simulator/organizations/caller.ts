/** Who may ask Organizations: the management account for everything, a member for next to nothing. */

import type { Call } from '../engine/core.js';
import { accountOf } from '../world/accounts.js';
import { managedBy, type OrganizationDocument } from '../world/organization.js';
import { refusal } from './errors.js';

/** The organization the caller manages. Throws AWSOrganizationsNotInUse without one, AccessDenied for a member. */
export function managed(call: Call): OrganizationDocument {
  const organization = belongsTo(call);
  if (organization.management !== call.account) throw refusal('AccessDeniedException');
  return organization;
}

/** The organization the caller belongs to, as its management account or as a member. */
export function belongsTo({ documents, account, now }: Call): OrganizationDocument {
  const management = accountOf(documents, account, now)?.organization;
  const organization = management ? managedBy(documents, management) : undefined;
  if (!organization) throw refusal('AWSOrganizationsNotInUseException');
  return organization;
}
