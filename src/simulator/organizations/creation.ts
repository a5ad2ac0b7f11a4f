/** CreateAccount and its status: a request is answered at once and its outcome shows after a while. */

import type { Call, Operation } from '../engine/core.js';
import { emailIsTaken } from '../world/accounts.js';
import type { OrganizationDocument } from '../world/organization.js';
import { managed } from './caller.js';
import { type CreationDocument, type CreationFailureDocument, kinds } from './documents.js';
import { invalid, refusal, violation } from './errors.js';
import { optionalText, optionalWord, rules, tagsOf, text, texts } from './input.js';
import { membersOf } from './members.js';
import { type NewAccount, putNewAccount } from './new-account.js';
import { page } from './paging.js';

/** Creations in progress at a time; failing ones hold a place too. Source: Organizations user guide, quotas. */
const creationsAtOnce = 5;

const states = ['IN_PROGRESS', 'SUCCEEDED', 'FAILED'] as const;

/**
 * Begins an account and answers IN_PROGRESS. Throws InvalidInput for malformed members and ConstraintViolation
 * ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED when five are in progress; anything else ends in a FAILED status.
 * Source: Organizations API, CreateAccount.
 */
export const createAccount: Operation = (call) => {
  const organization = managed(call);
  const wanted = wantedAccount(call);
  const creations = creationsOf(call);
  if (creations.filter(({ completedAt }) => call.now < completedAt).length >= creationsAtOnce) {
    throw violation('ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED');
  }
  const failureReason = failureOf(call, organization, wanted, creations);
  const creation: CreationDocument = {
    id: `car-${call.uniqueId(32)}`,
    accountName: wanted.name,
    email: wanted.email,
    requestedAt: call.now,
    completedAt: wanted.createdAt,
    listedAt: call.now + call.latencies.listLagMs,
    outcome: failureReason ? { failureReason } : { accountId: putNewAccount(call, organization, wanted) },
  };
  call.documents.put(kinds.creation, call.account, creation.id, creation);
  return { CreateAccountStatus: { ...named(creation), State: 'IN_PROGRESS' } };
};

/** Throws CreateAccountStatusNotFound. Source: Organizations API, DescribeCreateAccountStatus. */
export const describeCreateAccountStatus: Operation = (call) => {
  managed(call);
  const id = text(call, 'CreateAccountRequestId', rules.creationId);
  const creation = call.documents.get<CreationDocument>(kinds.creation, call.account, id);
  if (!creation) throw refusal('CreateAccountStatusNotFoundException');
  return { CreateAccountStatus: statusOf(creation, call.now) };
};

/**
 * All requests of the organization, or those in the given states; the newest are missing for a while.
 * Source: Organizations API, ListCreateAccountStatus; Organizations user guide, changes are not always visible at once.
 */
export const listCreateAccountStatus: Operation = (call) => {
  managed(call);
  const { now } = call;
  const asked = texts(call, 'States');
  if (asked.some((state) => !states.some((known) => known === state))) throw invalid('INVALID_ENUM', 'States');
  const fits = (creation: CreationDocument) => asked.length === 0 || asked.includes(stateOf(creation, now));
  const listed = creationsOf(call).filter((creation) => creation.listedAt <= now && fits(creation));
  const { items, NextToken } = page(call, listed, ({ id }) => id);
  return { CreateAccountStatuses: items.map((creation) => statusOf(creation, now)), NextToken };
};

function wantedAccount(call: Call): NewAccount {
  const name = text(call, 'AccountName', rules.accountName);
  if (/[<>]/.test(name)) throw invalid('INVALID_PATTERN', 'AccountName');
  return {
    name,
    email: text(call, 'Email', rules.email),
    roleName: optionalText(call, 'RoleName', rules.roleName) ?? 'OrganizationAccountAccessRole',
    iamUserAccessToBilling: optionalWord(call, 'IamUserAccessToBilling', ['ALLOW', 'DENY'] as const) ?? 'ALLOW',
    tags: tagsOf(call),
    createdAt: call.now + call.latencies.createAccountMs,
  };
}

const creationsOf = ({ documents, account }: Call): CreationDocument[] =>
  documents.list<CreationDocument>(kinds.creation, account);

/** Why this creation will fail, if it will. Source: Organizations API, CreateAccountStatus.FailureReason. */
function failureOf(
  call: Call,
  organization: OrganizationDocument,
  { name, email }: NewAccount,
  creations: readonly CreationDocument[],
): string | undefined {
  const forced = forcedFailure(call);
  if (forced !== undefined) return forced;
  if (!isAddress(email)) return 'INVALID_EMAIL';
  const twin = creations.some(
    (other) => call.now < other.completedAt && other.accountName === name && sameEmail(other.email, email),
  );
  if (twin) return 'CONCURRENT_ACCOUNT_MODIFICATION';
  if (emailIsTaken(call.documents, email)) return 'EMAIL_ALREADY_EXISTS';
  return isFull(call, organization) ? 'ACCOUNT_LIMIT_EXCEEDED' : undefined;
}

/** An account gives its place back when it is gone, 90 days after it closed; they are counted only when it matters. */
const isFull = (call: Call, { accountCount, accountLimit }: OrganizationDocument): boolean =>
  accountCount >= accountLimit && membersOf(call).length >= accountLimit;

/** Takes one of the failures that the control API asked for. */
function forcedFailure({ documents, account }: Call): string | undefined {
  const [failure] = documents.list<CreationFailureDocument>(kinds.creationFailure, account);
  if (!failure) return undefined;
  const left: CreationFailureDocument = { ...failure, times: failure.times - 1 };
  if (left.times > 0) documents.put(kinds.creationFailure, account, failure.reason, left);
  else documents.remove(kinds.creationFailure, account, failure.reason);
  return failure.reason;
}

const sameEmail = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** The rules of an address beyond the pattern. Source: Organizations API, CreateAccountRequest.Email. */
function isAddress(email: string): boolean {
  const [local = '', domain = '', ...more] = email.split('@');
  return (
    more.length === 0 &&
    /^[!-~]+$/.test(local) &&
    !/["'()<>[\]:;,\\|%&]|^\./.test(local) &&
    /^[a-z0-9.-]+$/i.test(domain) &&
    !/^[-.]|[-.]$/.test(domain) &&
    domain.includes('.')
  );
}

function stateOf({ completedAt, outcome }: CreationDocument, now: number): (typeof states)[number] {
  if (now < completedAt) return 'IN_PROGRESS';
  return 'accountId' in outcome ? 'SUCCEEDED' : 'FAILED';
}

const named = ({ id, accountName, requestedAt }: CreationDocument) => ({
  Id: id,
  AccountName: accountName,
  RequestedTimestamp: new Date(requestedAt),
});

/** A status never tells the e-mail. */
function statusOf(creation: CreationDocument, now: number): Readonly<Record<string, unknown>> {
  const State = stateOf(creation, now);
  if (State === 'IN_PROGRESS') return { ...named(creation), State };
  const { completedAt, outcome } = creation;
  const result = 'accountId' in outcome ? { AccountId: outcome.accountId } : { FailureReason: outcome.failureReason };
  return { ...named(creation), State, CompletedTimestamp: new Date(completedAt), ...result };
}
