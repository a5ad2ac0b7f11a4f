/**
 * Root of a hardened account: it can sign in with nothing. No step applies that, because nobody in the account may: Organizations
 * makes members so, and where it did not, a person of the payer takes the credentials away. So it is looked at and told.
 * Source: IAM User Guide, Centrally manage root access for member accounts.
 */
export const rootOfAccount = {
  kind: 'root',
  name: 'account',
  place: 'global',
  /** What root can sign in with, by the counts of GetAccountSummary. */
  members: { credentials: [] },
  why: 'Root stands above every policy of its account, so nobody can sign in as it.',
} as const;
