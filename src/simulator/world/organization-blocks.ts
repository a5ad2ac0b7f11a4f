/** Accounts whose public access to S3 a policy of their organization blocks. */
import type { Documents } from '../engine/core.js';

/** Kind `s3-organization-block`, account, key: the account. */
const kind = 's3-organization-block';

export const hasOrganizationBlock = (documents: Documents, account: string): boolean =>
  documents.get<true>(kind, account, account) === true;

/** Puts the account under such a policy, or takes it out. */
export function setOrganizationBlock(documents: Documents, account: string, blocked: boolean): void {
  if (blocked) documents.put(kind, account, account, true);
  else documents.remove(kind, account, account);
}
