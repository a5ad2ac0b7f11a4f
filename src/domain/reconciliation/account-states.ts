/** Accounts of active providers whose state at AWS is another than the one on record. */
import type { Listing, RecordedProvider } from './accounts.js';

/** What AWS's list says of the account of a provider. */
export interface SeenState {
  readonly providerId: string;
  /** AWS's word. */
  readonly state: string;
}

/** By the payer on record alone: an account that is listed elsewhere is a finding of its own. */
export function changedStates(
  recorded: readonly RecordedProvider[],
  listings: readonly Listing[],
): readonly SeenState[] {
  const known = new Map(recorded.flatMap((each) => (each.account ? [[each.account.accountId, each] as const] : [])));
  return listings.flatMap((listing) =>
    ('accounts' in listing ? listing.accounts : []).flatMap(({ accountId, state }) => {
      const { providerId, account } = known.get(accountId) ?? {};
      const isNews = account?.state !== undefined && account.payerId === listing.payerId && account.state !== state;
      return providerId !== undefined && isNews && state !== '' ? [{ providerId, state }] : [];
    }),
  );
}
