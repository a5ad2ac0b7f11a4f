/** An account, and whether it lives, as the payer's organization sees it. */
import { type Account, DescribeAccountCommand } from '@aws-sdk/client-organizations';
import type { AwsAccess } from './clients.js';
import { classify } from './errors.js';

/**
 * `ACTIVE`, `PENDING_ACTIVATION`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, or empty while Organizations does not know
 * the account yet or does not say. Source: Organizations API, DescribeAccount.
 */
export async function accountState(
  access: AwsAccess,
  { payerId, accountId }: { readonly payerId: string; readonly accountId: string },
  abortSignal: AbortSignal,
): Promise<string> {
  return stateOf((await describeAccount(access, { payerId, accountId }, abortSignal)) ?? {});
}

/** An account of a payer's organization; `undefined` while that does not know it. Source: DescribeAccount. */
export async function describeAccount(
  access: AwsAccess,
  { payerId, accountId }: { readonly payerId: string; readonly accountId: string },
  abortSignal: AbortSignal,
): Promise<Account | undefined> {
  const command = new DescribeAccountCommand({ AccountId: accountId });
  try {
    return (await access.payer(payerId).organizations.send(command, { abortSignal })).Account;
  } catch (error) {
    if (classify(error).code === 'AccountNotFound') return undefined;
    throw error;
  }
}

/** `Status` is being retired in favour of `State`, so either may be absent. Source: aws-facts §0. */
export const stateOf = ({ State, Status }: Pick<Account, 'State' | 'Status'>): string => State ?? Status ?? '';

/** Source: aws-facts §1.7: a closed account may show as suspended. */
export const isGone = (state: string): boolean => ['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'].includes(state);
