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
  /** Every region whose resources are recorded. */
  readonly regions: readonly string[];
  /** Whether the customer may buy what binds the reseller for longer; absent: it may not. */
  readonly purchases?: 'withheld' | 'allowed';
}

/** Changes whenever the desired state of an account with unchanged settings does. */
export const baselineVersion = '2026-11-3';

export const managedPolicyArn = (settings: BaselineSettings, name: string): string =>
  `arn:aws:iam::${settings.accountId}:policy/${name}`;

export const roleArn = (settings: BaselineSettings, name: string): string =>
  `arn:aws:iam::${settings.accountId}:role/${name}`;

/** The ARN of a policy that AWS keeps, such as ReadOnlyAccess. */
export const awsPolicyArn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
