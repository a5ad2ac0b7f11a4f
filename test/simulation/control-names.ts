/** What can be made wrong on purpose, and what is then seen: the invariants must catch each, or they prove nothing. */
export const controls = {
  'an AWS without unique e-mails': /has 2 accounts and not 1/,
  'a fresh e-mail for each retry': /has 2 accounts and not 1|took the account \d+ of 'ctl-\w+' <\S+\.again\d/,
  'adopting without the owner tag': /took the account \d+ of 'made by hand'/,
  'another payer after a time-out': /was moved to payer-\d although no refusal had been read/,
  'UpdateLoginProfile for the first issue':
    /the vault's password number \d .*is refused|password that the customer chose is/,
  'a lease that is never taken over': /lay about for \d+ s/,
} as const;

export type Control = keyof typeof controls;
