/** How we get into an account: by which role, and as whom we ask for it. */

/** The role that an account offers us, as recorded, and the external id where the account's owner demands one. */
export interface RoleOffered {
  readonly roleArn: string;
  readonly externalId?: string;
}

/** The role to assume, and what its trust demands of who assumes it. */
export type WayIn =
  /** AWS's own role in each account of an organization: it trusts that organization's management account, so only a session of the payer gets in. */
  | { readonly roleArn: string; readonly throughPayer: string }
  /** A role that the account's owner made for us: it trusts us, and demands the owner's external id. */
  | { readonly roleArn: string; readonly externalId: string };

/** The way in, from the access that was recorded with an account and the payer whose organization held it then. */
export function wayInOf({ roleArn, externalId }: RoleOffered, payerId: string): WayIn {
  return externalId === undefined ? { roleArn, throughPayer: payerId } : { roleArn, externalId };
}
