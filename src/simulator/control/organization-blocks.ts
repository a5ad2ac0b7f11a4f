/** Putting an account under a policy of its organization that blocks public access to S3, which the world has none of. */
import type { Documents } from '../engine/core.js';
import { BadInput, flag, matching, objectOf } from '../engine/read-json.js';
import { accountOf } from '../world/accounts.js';
import { setOrganizationBlock } from '../world/organization-blocks.js';

interface OrganizationBlock {
  readonly account: string;
  readonly blocked: boolean;
}

/** Reads `{account, blocked}`. */
export function readOrganizationBlock(body: unknown): OrganizationBlock {
  const block = objectOf('the body', body, ['account', 'blocked']);
  return {
    account: matching('account', block.account, /^\d{12}$/, 'an account id of 12 digits'),
    blocked: flag('blocked', block.blocked),
  };
}

/** Source: Organizations User Guide, Amazon S3 policies: such a policy overrides the settings of its accounts. */
export function blockByOrganization(documents: Documents, block: OrganizationBlock, now: number): OrganizationBlock {
  const { account, blocked } = block;
  if (accountOf(documents, account, now) === undefined)
    throw new BadInput(`account: "${account}" is no account of this simulator.`);
  setOrganizationBlock(documents, account, blocked);
  return block;
}
