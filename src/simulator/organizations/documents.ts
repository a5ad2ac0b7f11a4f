/** What the simulated Organizations remembers of requests for accounts; all of it belongs to one management account. */

/** A CreateAccount request. Kind `account-creation`, key: the `car-…` id. Its outcome is fixed, to be seen later. */
export interface CreationDocument {
  readonly id: string;
  readonly accountName: string;
  readonly email: string;
  readonly requestedAt: number;
  readonly completedAt: number;
  /** From here on the request is in ListCreateAccountStatus; by its id it is found at once. */
  readonly listedAt: number;
  readonly outcome: { readonly accountId: string } | { readonly failureReason: string };
}

/** A failure to force on the next creations. Kind `creation-failure`, account: the payer, key: the reason. */
export interface CreationFailureDocument {
  readonly reason: string;
  /** How many creations shall still fail so. */
  readonly times: number;
}

export const kinds = {
  creation: 'account-creation',
  creationFailure: 'creation-failure',
} as const;
