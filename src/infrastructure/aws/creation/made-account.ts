/** What a request has made is ours if it carried our e-mail: a request is found by the account's name, which anybody may use. */

import type { CreateAccountStatus } from '@aws-sdk/client-organizations';
import { operatorInformed } from '../../../application/error-text.js';
import type { StepResult } from '../../../application/ports/ensures.js';
import { describeAccount } from '../calls/account-state.js';
import { foundBy } from '../calls/failed-call.js';
import { halted, later, waitMs } from '../calls/step-results.js';
import { accountCreated } from './adopt-account.js';
import type { Creation } from './creation-call.js';

/**
 * The account that a request has made, or `undefined` when it bears another e-mail than ours. A request that our own call
 * was answered with needs no look; any other costs one call, as after a restart. Source: Organizations API, DescribeAccount.
 */
export async function madeAccount(creation: Creation, status: CreateAccountStatus): Promise<StepResult | undefined> {
  const { AccountId: accountId, Id: requestId } = status;
  const { access, work, attempt, memory } = creation;
  const { payerId, rootEmail } = work;
  if (!accountId || !requestId)
    throw new Error(`DescribeCreateAccountStatus: ${requestId} succeeded without an account id`);
  const created = accountCreated(accountId, payerId, requestId);
  if (requestId === memory.answeredWith) return created;
  const account = await describeAccount(access.payer(payerId).organizations, accountId, attempt.signal);
  if (!account?.Email) return later(waitMs(attempt.tries));
  return account.Email.toLowerCase() === rootEmail.toLowerCase() ? created : undefined;
}

/** The e-mail of an account that is not ours may be a person's, so it is not told. */
export const anothersAccount = ({ AccountId: accountId = 'none' }: CreateAccountStatus): StepResult =>
  halted(
    'CreateAccount',
    'account-not-ours',
    `An account was made under the name of this one, but with another e-mail address. ${operatorInformed}`,
    foundBy('DescribeAccount', 'The e-mail is not that of this account.', accountId),
  );
