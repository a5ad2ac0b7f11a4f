/** What the simulated IAM remembers: one document an entity, keyed by its name within the account. */

import { type Statement } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { type PrincipalIds, withIds } from '../policies/resource-policy.js';
import { identityKinds } from '../world/identities.js';
import type { Tag } from '../world/tags.js';

/** The kinds under which {@link import('../engine/core.js').Documents} keeps IAM's entities. */
export const kinds = {
  ...identityKinds,
  group: 'iam-group',
  policy: 'iam-policy',
  loginProfile: 'iam-login-profile',
  passwordPolicy: 'iam-password-policy',
  mfaDevice: 'iam-mfa-device',
  alias: 'iam-account-alias',
} as const;

/** What every named entity has. Times are milliseconds since the epoch. */
export interface Entity {
  readonly path: string;
  readonly arn: string;
  readonly createdAt: number;
  /** From here on reads and other services see the entity; before, only writes know that it exists. */
  readonly visibleAt: number;
}

/** An entity that can carry policies. */
export interface PolicyOwner extends Entity {
  /** ARNs of the managed policies attached. */
  readonly attached: readonly string[];
  /** Inline policies: name to JSON text. */
  readonly inline: Readonly<Record<string, string>>;
  /** The ARN of the permissions boundary of a role or user; absent: none. */
  readonly boundary?: string | undefined;
}

/** Kind `iam-role`, key: the role's name. */
export interface RoleDocument extends PolicyOwner {
  readonly roleName: string;
  readonly roleId: string;
  /** The trust policy as JSON text. */
  readonly trust: string;
  /** Of the roles and users that the trust policy names; absent: of none. */
  readonly trustIds?: PrincipalIds;
  /** After UpdateAssumeRolePolicy: the former trust, which other services still follow until then. */
  readonly formerTrust?: { readonly trust: string; readonly trustIds?: PrincipalIds; readonly until: number };
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly tags: readonly Tag[];
}

/** Kind `iam-user`, key: the user's name. */
export interface UserDocument extends PolicyOwner {
  readonly userName: string;
  readonly userId: string;
  /** Names of the groups the user is in. */
  readonly groups: readonly string[];
  readonly tags: readonly Tag[];
  readonly passwordLastUsed: number | null;
}

/** Kind `iam-group`, key: the group's name. */
export interface GroupDocument extends PolicyOwner {
  readonly groupName: string;
  readonly groupId: string;
}

export interface PolicyVersion {
  /** `v1`, `v2`…; never used again. */
  readonly id: string;
  /** JSON text as it was sent. */
  readonly document: string;
  readonly createdAt: number;
}

/** A customer's managed policy. Kind `iam-policy`, key: the policy's ARN. */
export interface ManagedPolicyDocument extends Entity {
  readonly policyName: string;
  readonly policyId: string;
  readonly description: string;
  readonly versions: readonly PolicyVersion[];
  readonly defaultVersion: string;
  /** How many versions were ever made; the next one's number is one more. */
  readonly versionsMade: number;
  readonly tags: readonly Tag[];
  readonly updatedAt: number;
}

/** Kind `iam-login-profile`, key: the user's name. The password itself is never kept. */
export interface LoginProfileDocument {
  readonly userName: string;
  readonly passwordHash: string;
  /** Hashes of earlier passwords, the latest first, for the rule against using them again. */
  readonly formerHashes: readonly string[];
  readonly resetRequired: boolean;
  readonly createdAt: number;
  readonly passwordSetAt: number;
  readonly visibleAt: number;
}

/** Kind `iam-mfa-device`, key: the serial number. */
export interface MfaDeviceDocument {
  readonly serialNumber: string;
  readonly path: string;
  /** Base32 text of the shared secret. */
  readonly seed: string;
  /** The user it is enabled for, if any. */
  readonly userName: string | null;
  readonly enabledAt: number | null;
}

/** The trust policy that other services go by at a moment: a changed one takes a while to reach them. */
export function trustSeen(role: RoleDocument, now: number): readonly Statement[] {
  const { trust, trustIds } = role.formerTrust && now < role.formerTrust.until ? role.formerTrust : role;
  return withIds(parsePolicy(trust, 'trust'), trustIds);
}
