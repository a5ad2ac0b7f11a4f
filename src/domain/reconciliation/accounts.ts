/** Accounts as history knows them, and as AWS lists them. */

/** A provider as history knows it. */
export interface RecordedProvider {
  readonly providerId: string;
  readonly rootEmail: string;
  /** Whether an account is, or will be, made for it or found, so that AWS may list one that is not recorded yet. */
  readonly creating: boolean;
  readonly account?: RecordedAccount;
}

export interface RecordedAccount {
  readonly accountId: string;
  readonly payerId: string;
  /** ISO times of the facts; linked means in its unit and tagged. */
  readonly createdAt: string;
  readonly linkedAt?: string;
  /** AWS's word for its state, of an active provider: as it is on record. */
  readonly state?: string;
}

/** An account as its payer lists it. */
export interface ListedAccount {
  readonly accountId: string;
  readonly email: string;
  /** AWS's word: ACTIVE, PENDING_ACTIVATION, SUSPENDED, PENDING_CLOSURE or CLOSED; empty where AWS does not say. */
  readonly state: string;
  /** The root or organizational unit it is in; `undefined` when it left while the list was read. */
  readonly parentId: string | undefined;
  /** The value of our owner tag. */
  readonly owner: string | undefined;
}

/** One payer's accounts without its own management account. */
export interface ReadableListing {
  readonly payerId: string;
  readonly unit: string;
  readonly accounts: readonly ListedAccount[];
}

/** One payer's accounts, or why they cannot be read. */
export type Listing = ReadableListing | { readonly payerId: string; readonly unreadable: string };
