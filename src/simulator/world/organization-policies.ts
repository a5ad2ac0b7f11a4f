/** The policies of an organization and what each root, unit and account has attached. */
import type { Documents } from '../engine/core.js';
import type { PolicyType } from './organization.js';
import type { Tagged } from './tags.js';

/** A policy of an organization. Kind `organization-policy`, key: its id. */
export interface PolicyDocument extends Tagged {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly type: PolicyType;
  readonly awsManaged: boolean;
  /** JSON text. */
  readonly content: string;
}

/** Kind `attached-policies`, key: the type and the target. */
interface AttachedDocument {
  readonly type: PolicyType;
  readonly target: string;
  readonly policies: readonly string[];
}

export const policyKind = 'organization-policy';
const attachedKind = 'attached-policies';

/** The policies that allow everything and that AWS keeps, by type. Source: Organizations User Guide, SCPs and RCPs. */
export const fullAccessIds: Readonly<Record<PolicyType, string>> = {
  SERVICE_CONTROL_POLICY: 'p-FullAWSAccess',
  RESOURCE_CONTROL_POLICY: 'p-RCPFullAWSAccess',
};

const keyOf = (type: PolicyType, target: string): string => `${type}/${target}`;

/**
 * Ids of the policies of a type on a root, unit or account. Until somebody changes that, it is the one of full access:
 * AWS attaches it to each root, unit and account as the type is enabled and as each is made.
 */
export const attachedIds = (
  documents: Documents,
  management: string,
  type: PolicyType,
  target: string,
): readonly string[] =>
  documents.get<AttachedDocument>(attachedKind, management, keyOf(type, target))?.policies ?? [fullAccessIds[type]];

export function putAttached(
  documents: Documents,
  management: string,
  type: PolicyType,
  target: string,
  policies: readonly string[],
): void {
  const document: AttachedDocument = { type, target, policies };
  documents.put(attachedKind, management, keyOf(type, target), document);
}

/** Forgets every attachment of a type. Source: Organizations API, DisablePolicyType. */
export function forgetAttached(documents: Documents, management: string, type: PolicyType): void {
  const all = documents.list<AttachedDocument>(attachedKind, management).filter((attached) => attached.type === type);
  for (const { target } of all) documents.remove(attachedKind, management, keyOf(type, target));
}

/** The policy of an id in the organization that an account manages. */
export const organizationPolicy = (documents: Documents, management: string, id: string): PolicyDocument | undefined =>
  documents.get<PolicyDocument>(policyKind, management, id);
