/** Adopts an account that bears our root e-mail and our owner tag: what a lost answer had made after all. */
import { operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { CreateAccountWork, StepResult } from '../../../application/ports/ensures.js';
import { wayInRoleName } from '../../../domain/baseline/names.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import { endOf } from '../../../domain/provider/account-state.js';
import { accountState } from '../calls/account-state.js';
import type { AwsAccess } from '../calls/clients.js';
import { foundBy } from '../calls/failed-call.js';
import { delayed, fact, halted } from '../calls/step-results.js';
import { type AccountIndex, type IndexedAccount, type Missing, ownerOf, ownerTag } from './account-index.js';
import type { Witness } from './log-witness.js';

export interface AdoptionParts {
  readonly access: AwsAccess;
  readonly index: AccountIndex;
  /** Whether the log may be trusted so far that an account is asked for; without it, it is. */
  readonly witness?: Witness | undefined;
}

/** How long after an account joined its tags may still be unseen. */
const tagsSettleMs = 15 * 60_000;
const lookAgainMs = 10_000;

/**
 * Looks the root e-mail up in every payer this provider was ever assigned, and says what that means for the step, or
 * since when none of them lists it. `refused` is the creation that failed, if one did. Source: design §4, Organizations API, ListAccounts and ListTagsForResource.
 */
export async function adoptAccount(
  { access, index }: AdoptionParts,
  work: CreateAccountWork,
  attempt: Attempt,
  refused?: FailedCall,
): Promise<StepResult | Missing> {
  const payers = [work.payerId, ...work.payersTried.filter((id) => id !== work.payerId)];
  let missingAsOf = attempt.now;
  for (const payerId of payers) {
    const account = await index.find(payerId, work.rootEmail, attempt);
    if ('missingAsOf' in account) {
      missingAsOf = Math.min(missingAsOf, account.missingAsOf);
      continue;
    }
    const owner = await ownerOf(access.payer(payerId).organizations, account.accountId, attempt.signal);
    if (owner !== work.providerId) return unowned(account, owner, attempt.now, refused);
    const { accountId } = account;
    const state = await accountState(access.payer(payerId).organizations, accountId, attempt.signal);
    return adopt(state, payerId, accountId, refused);
  }
  return { missingAsOf };
}

function adopt(state: string, payerId: string, accountId: string, refused: FailedCall | undefined): StepResult {
  const end = endOf(state);
  if (!end) return accountCreated(accountId, payerId, 'adopted');
  const call = refused ?? foundBy('DescribeAccount', state, accountId);
  return halted('CreateAccount', end.reason, `The account was made. ${end.words} ${operatorInformed}`, call);
}

/** Without a tag a young account may be ours still; with another's tag it never is. */
function unowned(
  { accountId, joinedAt }: IndexedAccount,
  owner: string | undefined,
  now: number,
  refused: FailedCall | undefined,
): StepResult {
  const call = refused ?? foundBy('ListTagsForResource', `${ownerTag}: ${owner ?? 'none'}`, accountId);
  if (owner === undefined && now - joinedAt < tagsSettleMs)
    return delayed(
      'owner-tag-awaited',
      'The account is there, but AWS does not show yet whom it belongs to. We look again by ourselves.',
      lookAgainMs,
      call,
    );
  return halted(
    'CreateAccount',
    'email-taken',
    `An account with this root e-mail address exists, and its tags do not say that it is this one. ${operatorInformed}`,
    call,
  );
}

/**
 * The fact that the account exists, with the way in that AWS makes in each new account.
 * Source: Organizations API, CreateAccount, RoleName.
 */
export const accountCreated = (accountId: string, payerId: string, how: string): StepResult =>
  fact({
    type: 'AccountCreated',
    accountId,
    payerId,
    how,
    access: { roleArn: `arn:aws:iam::${accountId}:role/${wayInRoleName}` },
  });
