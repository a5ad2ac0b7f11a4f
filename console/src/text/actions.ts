/** What can be done to a provider. */
export const actionsText = {
  actions: 'Actions',
  rename: 'Rename',
  name: 'Name',
  renameWords: 'Only here: nothing is renamed at AWS.',
  renamed: 'Renamed.',
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this request?',
  withdrawWords: 'No account will be made. This cannot be undone; you can ask for another one at any time.',
  withdrawn: 'Withdrawn.',
  tooLate: 'A request can be withdrawn only before AWS is asked for the account.',
} as const;
