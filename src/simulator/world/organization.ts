/** What an organization is: its root and units, its policies, and which features and services its management account switched on. */
import type { Documents } from '../engine/core.js';
import type { Tagged } from './tags.js';

/** The types of policies that bind principals and resources. Source: Organizations API, PolicyType. */
export const policyTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;
export type PolicyType = (typeof policyTypes)[number];

/** Source: IAM API, ListOrganizationsFeatures. */
export type RootFeature = 'RootCredentialsManagement' | 'RootSessions';

/** Kind `organization`, account and key: the management account. Its tags are those of the root. */
export interface OrganizationDocument extends Tagged {
  readonly id: string;
  readonly management: string;
  readonly email: string;
  readonly rootId: string;
  /** Accounts allowed, and accounts it ever had. */
  readonly accountLimit: number;
  readonly accountCount: number;
  /** From when on each enabled type of policies is in force, in milliseconds since the epoch. */
  readonly policyTypes: Readonly<Partial<Record<PolicyType, number>>>;
  /** The services with trusted access by their principals, and since when. */
  readonly serviceAccess: Readonly<Record<string, number>>;
  readonly rootFeatures: readonly RootFeature[];
}

/** What an organization with all features begins with; one that an older simulator kept lacks these members. */
export const initialSwitches: Pick<OrganizationDocument, 'policyTypes' | 'serviceAccess' | 'rootFeatures'> = {
  policyTypes: { SERVICE_CONTROL_POLICY: 0 },
  serviceAccess: {},
  rootFeatures: [],
};

/** Kind `organizational-unit`, key: its id. */
export interface UnitDocument extends Tagged {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parentId: string;
}

export const organizationKinds = { organization: 'organization', unit: 'organizational-unit' } as const;

/** A unit of the organization that an account manages. */
export const unitOf = (documents: Documents, management: string, id: string): UnitDocument | undefined =>
  documents.get<UnitDocument>(organizationKinds.unit, management, id);

/** The organization that an account manages, if any. */
export function managedBy(documents: Documents, account: string): OrganizationDocument | undefined {
  const kept = documents.get<OrganizationDocument>(organizationKinds.organization, account, account);
  return kept && { ...initialSwitches, ...kept };
}

export const putOrganizationDocument = (documents: Documents, organization: OrganizationDocument): void =>
  documents.put(organizationKinds.organization, organization.management, organization.management, organization);
