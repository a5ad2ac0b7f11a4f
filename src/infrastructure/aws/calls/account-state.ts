/** An account, and whether it lives, as the payer's organization sees it. */
import { type Account, DescribeAccountCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AccountStates } from '../../../application/ports/account-states.js';
import { classify } from './errors.js';

/**
 * `ACTIVE`, `PENDING_ACTIVATION`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, or empty while Organizations does not know
 * the account yet or does not say. Source: Organizations API, DescribeAccount.
 */
export async function accountState(
  organizations: OrganizationsClient,
  accountId: string,
  abortSignal?: AbortSignal,
): Promise<string> {
  return stateOf((await describeAccount(organizations, accountId, abortSignal)) ?? {});
}

/** An account of a payer's organization; `undefined` while that does not know it. Source: DescribeAccount. */
export async function describeAccount(
  organizations: OrganizationsClient,
  accountId: string,
  abortSignal?: AbortSignal,
): Promise<Account | undefined> {
  const command = new DescribeAccountCommand({ AccountId: accountId });
  try {
    return (await organizations.send(command, { abortSignal })).Account;
  } catch (error) {
    if (classify(error).code === 'AccountNotFound') return undefined;
    throw error;
  }
}

/** `Status` is being retired in favour of `State`, so either may be absent. Source: aws-facts §0. */
export const stateOf = ({ State, Status }: Pick<Account, 'State' | 'Status'>): string => State ?? Status ?? '';

/** Whoever asks waits for it, so it takes no longer than they bear. */
const lookTakesAtMostMs = 2_000;

/** Looks at single accounts for whoever hands something out. */
export const openAccountStates = (organizationsOf: (payerId: string) => OrganizationsClient): AccountStates => ({
  async look({ payerId, accountId }) {
    try {
      const signal = AbortSignal.timeout(lookTakesAtMostMs);
      return (await accountState(organizationsOf(payerId), accountId, signal)) || undefined;
    } catch {
      return undefined;
    }
  },
});
