/** What differs between an account on record and how it is listed. */
import type { ListedAccount, ReadableListing, RecordedAccount, RecordedProvider } from './accounts.js';
import { type Finding, type FindingKind, finding } from './findings.js';

interface Pair {
  readonly provider: RecordedProvider;
  readonly account: RecordedAccount;
  readonly listed: ListedAccount;
  readonly listing: ReadableListing;
  /** ISO time; what happened later may not show in AWS's lists yet. */
  readonly settled: string;
}

/** A recorded account as it is listed; each kind of difference is found by itself. */
export function differences({ provider, account, listed, listing, settled }: Pair): readonly Finding[] {
  const { providerId, rootEmail } = provider;
  const { payerId, unit } = listing;
  const { accountId, state, parentId, owner } = listed;
  const linked = account.linkedAt !== undefined && account.linkedAt < settled;
  const atHome = account.payerId === payerId;
  const wrong: readonly (readonly [FindingKind, boolean, string?])[] = [
    ['account-elsewhere', !atHome, account.payerId],
    ['account-suspended', state === 'SUSPENDED'],
    ['account-closed', state === 'PENDING_CLOSURE' || state === 'CLOSED', state],
    ['account-moved', linked && atHome && parentId !== undefined && parentId !== unit, parentId],
    ['account-untagged', linked && owner === undefined],
    ['account-of-another', owner !== undefined && owner !== providerId, owner],
    ['email-changed', rootEmail.toLowerCase() !== listed.email.toLowerCase()],
  ];
  return wrong.flatMap(([kind, holds, other]) =>
    holds ? [finding(kind, { payerId, accountId, providerId, unit, ...(other === undefined ? {} : { other }) })] : [],
  );
}

/** A recorded account that no payer lists. */
export function absence(
  { providerId }: RecordedProvider,
  { accountId, payerId, createdAt }: RecordedAccount,
  settled: string,
): readonly Finding[] {
  return createdAt < settled ? [finding('account-missing', { payerId, accountId, providerId })] : [];
}
