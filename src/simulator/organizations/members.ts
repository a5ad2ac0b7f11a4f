/** The accounts of an organization, seen from its management account, and their ends. */

import type { Call, Operation } from '../engine/core.js';
import {
  type AccountDocument,
  accountKind,
  accountOf,
  isGone,
  putAccount,
  stateOf,
  statusOf,
} from '../world/accounts.js';
import { managed } from './caller.js';
import { refusal, violation } from './errors.js';
import { rules, text } from './input.js';
import { largestPage, lastKey, page } from './paging.js';
import { accountPath } from './paths.js';

const dayMs = 86_400_000;

/** All accounts, the management account too; a new one is missing for a while. Source: Organizations API, ListAccounts. */
export const listAccounts: Operation = (call) => {
  const accounts = nextMembers(call, lastKey(call), largestPage + 1);
  const { items, NextToken } = page(
    call,
    accounts,
    ({ id }) => id,
    (account) => account.listedAt <= call.now && !isGone(account, call.now),
  );
  return { Accounts: items.map((account) => described(call, account)), NextToken };
};

/** Throws AccountNotFound. Source: Organizations API, DescribeAccount. */
export const describeAccount: Operation = (call) => ({ Account: described(call, member(call)) });

/** An account as Organizations shows it. Source: Organizations API, Account. */
export function described(call: Call, account: AccountDocument): Readonly<Record<string, unknown>> {
  const { id, arn, email, name, joinedMethod, joinedAt } = account;
  return {
    Id: id,
    Arn: arn,
    Email: email,
    Name: name,
    Status: statusOf(account, call.now),
    State: stateOf(account, call.now),
    Paths: [accountPath(call, managed(call), account)],
    JoinedMethod: joinedMethod,
    JoinedTimestamp: new Date(joinedAt),
  };
}

/** All accounts of the caller's organization that are not gone for good, those in the making too, by id. */
export function membersOf(call: Call): AccountDocument[] {
  const { management } = managed(call);
  const all = call.documents.list<AccountDocument>(accountKind, '*');
  return all.filter((account) => account.organization === management && !isGone(account, call.now));
}

const chunk = 64;

/** The next so many accounts of the caller's organization after an id, so that a page costs the same in any organization. */
function nextMembers(call: Call, after: string, most: number): AccountDocument[] {
  const { management } = managed(call);
  const members: AccountDocument[] = [];
  for (let id: string | undefined = after; id !== undefined && members.length < most; ) {
    const some: AccountDocument[] = call.documents.listAfter<AccountDocument>(accountKind, id, chunk);
    members.push(...some.filter(({ organization }) => organization === management));
    id = some.length === chunk ? some.at(-1)?.id : undefined;
  }
  return members;
}

/** The account of this organization that AccountId names. Throws AccountNotFound for any other. */
export function member(call: Call): AccountDocument {
  const { management } = managed(call);
  const account = accountOf(call.documents, text(call, 'AccountId', rules.accountId), call.now);
  if (account?.organization !== management) throw refusal('AccountNotFoundException');
  return account;
}

/**
 * Begins to close an account: PENDING_CLOSURE, then CLOSED. At most three at a time, and in 30 days 250 or a fifth of
 * the accounts, at most 1,000. Throws AccountAlreadyClosed, ConcurrentModification while closing, ConstraintViolation.
 * Source: Organizations API, CloseAccount.
 */
export const closeAccount: Operation = (call) => {
  const account = member(call);
  if (account.id === call.account) throw violation('CANNOT_CLOSE_MANAGEMENT_ACCOUNT');
  if (account.closing) {
    const closed = stateOf(account, call.now) === 'CLOSED';
    throw refusal(closed ? 'AccountAlreadyClosedException' : 'ConcurrentModificationException');
  }
  const members = membersOf(call);
  const closings = members.flatMap(({ closing }) => closing ?? []);
  if (closings.filter(({ doneAt }) => call.now < doneAt).length >= 3) {
    throw violation('CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED');
  }
  const recent = closings.filter(({ requestedAt }) => call.now - requestedAt < 30 * dayMs).length;
  if (recent >= Math.min(1000, Math.max(250, members.length / 5))) throw violation('CLOSE_ACCOUNT_QUOTA_EXCEEDED');
  const closing = { requestedAt: call.now, doneAt: call.now + call.latencies.createAccountMs };
  putAccount(call.documents, { ...account, closing });
  return {};
};

/**
 * An account made by Organizations lacks what it needs to stand alone, so this only ever says what is in the way.
 * Source: Organizations API, RemoveAccountFromOrganization.
 */
export const removeAccountFromOrganization: Operation = (call) => {
  const account = member(call);
  if (account.id === call.account) throw refusal('MasterCannotLeaveOrganizationException');
  const young = call.now - account.createdAt < 4 * dayMs;
  throw violation(young ? 'WAIT_PERIOD_ACTIVE' : 'MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED');
};
