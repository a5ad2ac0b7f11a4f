/** What the baseline needs to know about an account and its reseller. */

export interface BaselineSettings {
  /** Prefix of the reseller's objects, such as `CTL`. */
  readonly prefix: string;
  readonly resellerName: string;
  /** The account to harden, twelve digits. */
  readonly accountId: string;
  /** The one role that our roles trust. */
  readonly automationRoleArn: string;
  /** Where the trail and the buckets live and where global resources are recorded. */
  readonly homeRegion: string;
  /** Every region whose resources are recorded; one that AWS leaves disabled is enabled first. */
  readonly regions: readonly string[];
  /** Whether the customer may buy what binds the reseller for longer; absent: it may not. */
  readonly purchases?: 'withheld' | 'allowed';
  /** Every region that AWS enables by default and that gets its defaults; absent: all of them. */
  readonly securedRegions?: readonly string[];
  /** Whom AWS reaches beside the account's owner; absent: what the account says stays. */
  readonly contacts?: readonly AlternateContact[];
  /** The role of the payer through which this service enters; absent: AWS made no default role that trusts a payer of ours. */
  readonly payerRoleArn?: string;
  /** Whom AWS's default role lets in; absent: as {@link DefaultRole} has it by default. */
  readonly defaultRole?: DefaultRole;
}

export interface DefaultRole {
  /** `named-roles`: two roles of the payer, by default; `payer`: whoever the payer's account lets, as AWS makes it. */
  readonly trusts: 'named-roles' | 'payer';
  /** Path and name of a role in each payer by which people get in when nothing else does; empty: none. */
  readonly breakGlassRole: string;
}

/** A desk of the reseller and no person's own data. Source: AWS Account Management, PutAlternateContact. */
export interface AlternateContact {
  readonly type: 'SECURITY' | 'OPERATIONS';
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly phone: string;
}

/** Changes whenever the desired state of an account with unchanged settings does. */
export const baselineVersion = '2026-11-7';

export const managedPolicyArn = (settings: BaselineSettings, name: string): string =>
  `arn:aws:iam::${settings.accountId}:policy/${name}`;

export const roleArn = (settings: BaselineSettings, name: string): string =>
  `arn:aws:iam::${settings.accountId}:role/${name}`;

/** The ARN of a policy that AWS keeps, such as ReadOnlyAccess. */
export const awsPolicyArn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
