/** What root of an account can sign in with: nothing, until the control API says otherwise. */
import type { Documents } from '../engine/core.js';

/** The counts of GetAccountSummary that are about root. Source: IAM API, GetAccountSummary. */
export const rootCounts = [
  'AccountAccessKeysPresent',
  'AccountMFAEnabled',
  'AccountPasswordPresent',
  'AccountSigningCertificatesPresent',
] as const;

/** Kind `root-credentials`, account, key: the account. */
const kind = 'root-credentials';

/** Each count of an account's root, 0 or 1. */
export function rootCredentials(documents: Documents, account: string): Readonly<Record<string, number>> {
  const present = documents.get<readonly string[]>(kind, account, account) ?? [];
  return Object.fromEntries(rootCounts.map((count) => [count, Number(present.includes(count))]));
}

export const setRootCredentials = (documents: Documents, account: string, present: readonly string[]): void =>
  documents.put(kind, account, account, present);
