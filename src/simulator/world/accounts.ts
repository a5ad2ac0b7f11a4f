/** The accounts of the simulated world; an account in the making is already written down, to begin at a later moment. */
import type { Documents } from '../engine/core.js';
import type { Tagged } from './tags.js';

/** Kind `account`, account and key: the account's id. Times are milliseconds since the epoch. */
export interface AccountDocument extends Tagged {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** As it was sent; unique over all organizations for ever, whatever its case. */
  readonly email: string;
  readonly joinedMethod: 'CREATED' | 'INVITED';
  readonly joinedAt: number;
  /** The management account of its organization; `null` for an account on its own. */
  readonly organization: string | null;
  readonly parentId: string;
  /** Where readers still see the account until {@link parentSeenAt}. */
  readonly formerParentId: string;
  readonly parentSeenAt: number;
  readonly iamUserAccessToBilling: 'ALLOW' | 'DENY';
  /** Before this moment the account does not exist for anybody. */
  readonly createdAt: number;
  /** From PENDING_ACTIVATION to ACTIVE. */
  readonly activeAt: number;
  readonly roleAssumableAt: number;
  readonly servicesReadyAt: number;
  /** From here on the account is in Organizations' lists. */
  readonly listedAt: number;
  /** When closing was asked for, and when it is done; `null` while nobody asked. */
  readonly closing: { readonly requestedAt: number; readonly doneAt: number } | null;
  /** When AWS restricted the account; absent while it has not. */
  readonly suspendedAt?: number | undefined;
}

type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

/** How long a closed account can be reopened. Afterwards it is gone. Source: AWS Account Management, closing an account. */
const reopenableMs = 90 * 86_400_000;

export const accountKind = 'account';

/** Kind `email`, account `*`, key: the address in lower case. It is never removed. */
interface EmailDocument {
  readonly account: string;
}

const emailKind = 'email';

/** Whether the account was closed so long ago that it is no more. */
export const isGone = ({ closing }: AccountDocument, now: number): boolean =>
  closing !== null && now >= closing.doneAt + reopenableMs;

const exists = (account: AccountDocument, now: number): boolean => account.createdAt <= now && !isGone(account, now);

/** An account by its id, once it exists. */
export function accountOf(documents: Documents, id: string, now: number): AccountDocument | undefined {
  const account = documents.get<AccountDocument>(accountKind, id, id);
  return account && exists(account, now) ? account : undefined;
}

/** Every account that exists, of all organizations, by id. */
export function allAccounts(documents: Documents, now: number): AccountDocument[] {
  return documents.list<AccountDocument>(accountKind, '*').filter((account) => exists(account, now));
}

/** Writes an account down, and takes its e-mail for ever. */
export function putAccount(documents: Documents, account: AccountDocument): void {
  documents.put(accountKind, account.id, account.id, account);
  const owner: EmailDocument = { account: account.id };
  documents.put(emailKind, '*', account.email.toLowerCase(), owner);
}

/** Whether any account anywhere has, had or is about to have this e-mail. */
export function emailIsTaken(documents: Documents, email: string): boolean {
  return documents.get<EmailDocument>(emailKind, '*', email.toLowerCase()) !== undefined;
}

/**
 * CLOSED was asked for; SUSPENDED is a restriction by AWS, from which an account comes back.
 * Source: Organizations API, Account.State; Organizations User Guide, Monitor the state of your AWS accounts.
 */
export function stateOf({ activeAt, closing, suspendedAt }: AccountDocument, now: number): AccountState {
  if (closing) return now < closing.doneAt ? 'PENDING_CLOSURE' : 'CLOSED';
  if (suspendedAt !== undefined) return 'SUSPENDED';
  return now < activeAt ? 'PENDING_ACTIVATION' : 'ACTIVE';
}

/** `Account.Status` was to be retired on this day; from then on it is absent. Source: Organizations API, Account. */
const statusRetiredAt = Date.UTC(2026, 8, 9);

/** The older field; `undefined` since its retirement. */
export function statusOf(account: AccountDocument, now: number): string | undefined {
  if (now >= statusRetiredAt) return undefined;
  const state = stateOf(account, now);
  if (state === 'CLOSED') return 'SUSPENDED';
  return state === 'PENDING_ACTIVATION' ? 'ACTIVE' : state;
}

/** Whether anything can be done in the account, youth apart. */
export const isUsable = (account: AccountDocument, now: number): boolean =>
  ['ACTIVE', 'PENDING_ACTIVATION'].includes(stateOf(account, now));

/** Where readers see the account: a move takes a while to reach them. */
export const parentSeen = ({ parentId, formerParentId, parentSeenAt }: AccountDocument, now: number): string =>
  now < parentSeenAt ? formerParentId : parentId;
