/** What the simulated Organizations remembers beside the accounts; all of it belongs to one management account. */
import type { Documents } from '../engine/core.js';
import type { Tagged } from '../world/tags.js';

/** Kind `organization`, account and key: the management account. Its tags are those of the root. */
export interface OrganizationDocument extends Tagged {
  readonly id: string;
  readonly management: string;
  readonly email: string;
  readonly rootId: string;
  /** Accounts allowed, and accounts it ever had. */
  readonly accountLimit: number;
  readonly accountCount: number;
}

/** Kind `organizational-unit`, key: its id. */
export interface UnitDocument extends Tagged {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parentId: string;
}

/** A service control policy. Kind `organization-policy`, key: its id. */
export interface PolicyDocument extends Tagged {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly awsManaged: boolean;
  /** JSON text. */
  readonly content: string;
  /** Ids of the root, units and accounts it is attached to. */
  readonly targets: readonly string[];
}

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
  organization: 'organization',
  unit: 'organizational-unit',
  policy: 'organization-policy',
  creation: 'account-creation',
  creationFailure: 'creation-failure',
} as const;

/** A unit of the organization that an account manages. */
export const unitOf = (documents: Documents, management: string, id: string): UnitDocument | undefined =>
  documents.get<UnitDocument>(kinds.unit, management, id);

/** The organization that an account manages, if any. */
export const managedBy = (documents: Documents, account: string): OrganizationDocument | undefined =>
  documents.get<OrganizationDocument>(kinds.organization, account, account);
