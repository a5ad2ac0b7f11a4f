/** The policies of an identity: inline and managed ones, its own and those of its groups, its boundary, and a session's. */
import type { Documents, Principal } from '../engine/core.js';
import type { NamedPolicy, PoliciesInForce } from '../policies/decision.js';
import { parsePolicy } from '../policies/grammar.js';
import { awsManagedPolicy } from './aws-managed-policies.js';
import {
  type GroupDocument,
  kinds,
  type ManagedPolicyDocument,
  type PolicyOwner,
  type RoleDocument,
  type UserDocument,
} from './documents.js';
import { policyOf } from './passwords.js';

export type OfIdentity = Pick<PoliciesInForce, 'identity' | 'boundary'>;

/** What the policies of a user or role say; a principal that is gone, or another by its name, has none. */
export function policiesOfPrincipal(documents: Documents, principal: Principal): OfIdentity {
  const name = principal.roleArn.slice(principal.roleArn.lastIndexOf('/') + 1);
  if (principal.type === 'user') {
    const user = documents.get<UserDocument>(kinds.user, principal.account, name);
    return user?.userId === principal.uniqueId ? policiesOfUser(documents, principal.account, user) : { identity: [] };
  }
  if (principal.type === 'root') return { identity: [] };
  const role = documents.get<RoleDocument>(kinds.role, principal.account, name);
  return role?.roleId === principal.uniqueId ? policiesOfRole(documents, principal.account, role) : { identity: [] };
}

/** Source: IAM User Guide, Policy evaluation logic: a user has the policies of its groups too. */
export function policiesOfUser(documents: Documents, account: string, user: UserDocument): OfIdentity {
  const groups = user.groups.flatMap((name) => documents.get<GroupDocument>(kinds.group, account, name) ?? []);
  const owners = [user, ...groups].flatMap((owner) => policiesOfOwner(documents, account, owner));
  return { identity: [...owners, ...ownPassword(documents, account, user)], ...boundaryOf(documents, account, user) };
}

const policiesOfRole = (documents: Documents, account: string, role: RoleDocument): OfIdentity => ({
  identity: policiesOfOwner(documents, account, role),
  ...boundaryOf(documents, account, role),
});

/** The policies of managed ARNs; one that does not exist allows nothing. */
export const managedPolicies = (documents: Documents, account: string, arns: readonly string[]): NamedPolicy[] =>
  arns.flatMap((arn) => {
    const text = managedPolicyText(documents, account, arn);
    return text === undefined ? [] : [{ id: arn, statements: parsePolicy(text, 'identity') }];
  });

/** The policies of one role, user or group itself. */
export function policiesOfOwner(documents: Documents, account: string, owner: PolicyOwner): NamedPolicy[] {
  const inline = Object.entries(owner.inline).map(([id, text]) => ({ id, statements: parsePolicy(text, 'identity') }));
  return [...inline, ...managedPolicies(documents, account, owner.attached)];
}

function boundaryOf(documents: Documents, account: string, { boundary }: PolicyOwner): Pick<OfIdentity, 'boundary'> {
  return boundary === undefined ? {} : { boundary: managedPolicies(documents, account, [boundary]) };
}

/**
 * The account's password policy may let its users change their own passwords without a policy of their own.
 * Source: IAM User Guide, Permitting IAM users to change their own passwords.
 */
function ownPassword(documents: Documents, account: string, user: UserDocument): readonly NamedPolicy[] {
  if (policyOf(documents, account)?.usersMayChange !== true) return [];
  const onSelf = { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: user.arn };
  const reading = { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [onSelf, reading] });
  return [{ id: 'the password policy of the account', statements: parsePolicy(text, 'identity') }];
}

/** The text of a managed policy's default version, whether AWS keeps the policy or the customer; `undefined` if none. */
function managedPolicyText(documents: Documents, account: string, arn: string): string | undefined {
  const own = documents.get<ManagedPolicyDocument>(kinds.policy, account, arn);
  const inForce = own?.versions.find(({ id }) => id === own.defaultVersion);
  return inForce?.document ?? awsManagedPolicy(arn)?.document;
}
