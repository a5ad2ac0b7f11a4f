/** Accounts of active providers whose state at AWS is another than the one on record. */
import type { ListedAccount, ReadableListing, RecordedProvider } from './accounts.js';

/** What AWS's list says of the account of a provider. */
export interface SeenState {
  readonly providerId: string;
  /** AWS's word. */
  readonly state: string;
}

/** By the payer on record alone: an account that is listed elsewhere is a finding of its own. */
export function stateSeen(
  { providerId, account }: RecordedProvider,
  { state }: ListedAccount,
  { payerId }: ReadableListing,
): readonly SeenState[] {
  const isNews = account?.state !== undefined && account.payerId === payerId && account.state !== state;
  return isNews && state !== '' ? [{ providerId, state }] : [];
}
