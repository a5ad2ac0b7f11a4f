/** An account, and whether it lives, as the payer's organization sees it. */
import { type Account, DescribeAccountCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
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

/** Why nothing can be done in an account, for customers; the reason is a stable code. */
export interface AccountEnd {
  readonly kind: 'closed' | 'suspended';
  readonly reason: 'account-closed' | 'account-suspended';
  readonly words: string;
}

const closed = (words: string): AccountEnd => ({ kind: 'closed', reason: 'account-closed', words });

/**
 * By AWS's word. A closed account can be reopened within 90 days; a suspended one is alive and restricted, still bills, and
 * comes back once AWS lifts that. Source: Organizations guide, account states; aws-2026 §3.
 */
export const accountEnds = {
  PENDING_CLOSURE: closed('The AWS account is being closed. AWS Support can reopen it within 90 days.'),
  CLOSED: closed('The AWS account is closed. AWS Support can reopen it within 90 days of its closing.'),
  SUSPENDED: {
    kind: 'suspended',
    reason: 'account-suspended',
    words: 'AWS has suspended the account. The reseller must clear that up with AWS Support, which can lift it.',
  },
} as const satisfies Readonly<Record<string, AccountEnd>>;

/** Why nothing can be done in an account of this state; `undefined` where it lives. */
export const endOf = (state: string): AccountEnd | undefined =>
  Object.entries(accountEnds).find(([name]) => name === state)?.[1];
