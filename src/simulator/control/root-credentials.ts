/** Giving root of an account credentials, as somebody with its mailbox may, or taking them away; the world has no mail. */
import type { Documents } from '../engine/core.js';
import { BadInput, matching, objectOf } from '../engine/read-json.js';
import { accountOf } from '../world/accounts.js';
import { rootCounts, setRootCredentials } from '../world/root-credentials.js';

interface RootCredentials {
  readonly account: string;
  readonly present: readonly string[];
}

/** Reads `{account, present}`. */
export function readRootCredentials(body: unknown): RootCredentials {
  const { account, present } = objectOf('the body', body, ['account', 'present']);
  const isKnown = (each: unknown): boolean => rootCounts.some((count) => count === each);
  if (!Array.isArray(present) || !present.every(isKnown))
    throw new BadInput(`present: must be a list of ${rootCounts.join(', ')}.`);
  return { account: matching('account', account, /^\d{12}$/, 'an account id of 12 digits'), present };
}

/** Source: IAM API, GetAccountSummary counts what root has. */
export function giveRoot(documents: Documents, given: RootCredentials, now: number): RootCredentials {
  const { account, present } = given;
  if (accountOf(documents, account, now) === undefined)
    throw new BadInput(`account: "${account}" is no account of this simulator.`);
  setRootCredentials(documents, account, present);
  return given;
}
