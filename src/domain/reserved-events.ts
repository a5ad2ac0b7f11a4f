/**
 * Names of events that are kept free for what is to come: invitations, accounts that an owner lets us into, quotas, and leaving.
 * Whoever reads the log may rest on it that nothing else is ever called so. Whoever builds one of them takes its name out here.
 */
export const reservedEventTypes = [
  ...(['InvitationSent', 'InvitationAccepted', 'AccessGranted', 'LimitIncreaseRequested'] as const),
  ...(['LeavingRequested', 'AccountReleased', 'AccountClosureRequested', 'AccountClosed', 'ProviderDeleted'] as const),
] as const;

export type ReservedEventType = (typeof reservedEventTypes)[number];
