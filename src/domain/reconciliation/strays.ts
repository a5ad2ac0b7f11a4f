/** What is told of a listed account that no provider has on record. */
import type { ListedAccount, ReadableListing, RecordedProvider } from './accounts.js';
import { type Finding, finding } from './findings.js';

interface Rules {
  readonly isSetAside: (providerId: string) => boolean;
  /** Whether an e-mail address was made for an account here. */
  readonly isOurs: (email: string) => boolean;
}

/** `provider` is whose tag or e-mail address the account bears, if it is somebody's. */
export function strayFinding(
  { accountId, email, owner }: ListedAccount,
  { payerId }: ReadableListing,
  provider: RecordedProvider | undefined,
  { isSetAside, isOurs }: Rules,
): readonly Finding[] {
  const place = { payerId, accountId, ...(provider ? { providerId: provider.providerId } : {}) };
  const named = provider?.providerId ?? owner;
  if (named !== undefined && !provider?.account && isSetAside(named))
    return [finding('account-set-aside', { ...place, providerId: named })];
  if (provider?.creating) return [];
  if (provider?.account) return [finding('account-doubled', { ...place, other: provider.account.accountId })];
  if (provider || owner !== undefined || isOurs(email)) return [finding('account-unrecorded', place)];
  return [finding('account-unknown', place)];
}
