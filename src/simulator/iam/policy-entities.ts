/** Who carries a managed policy. */
import type { Call, Operations } from '../engine/core.js';
import { awsManagedPolicy } from './aws-managed-policies.js';
import { allVisible, type Named, type NamedKind } from './entities.js';
import { optionalText, optionalWord, policyArn } from './input.js';
import { page } from './pages.js';
import { visiblePolicy } from './policies.js';

/** The kinds of entities that a filter leaves. Source: IAM API, ListEntitiesForPolicy, EntityFilter. */
const filters = {
  User: ['user'],
  Role: ['role'],
  Group: ['group'],
  LocalManagedPolicy: [],
  AWSManagedPolicy: [],
} as const satisfies Readonly<Record<string, readonly NamedKind[]>>;

/** Source: IAM API, ListEntitiesForPolicy. */
export const policyEntityOperations: Operations = {
  ListEntitiesForPolicy(call) {
    const arn = policyArn(call);
    if (!awsManagedPolicy(arn)) visiblePolicy(call, arn);
    const roles = carriers(call, 'role', arn).map(({ roleName, roleId }) => ({ RoleName: roleName, RoleId: roleId }));
    return {
      PolicyGroups: carriers(call, 'group', arn).map(({ groupName, groupId }) => ({
        GroupName: groupName,
        GroupId: groupId,
      })),
      PolicyUsers: carriers(call, 'user', arn).map(({ userName, userId }) => ({ UserName: userName, UserId: userId })),
      ...page(call, 'PolicyRoles', roles),
    };
  },
};

/** The entities of a kind that carry the policy and pass the filters; permissions boundaries do not occur. */
function carriers<K extends NamedKind>(call: Call, kind: K, arn: string): readonly Named[K][] {
  const filter = optionalWord(call, 'EntityFilter', Object.keys(filters) as (keyof typeof filters)[]);
  const usage = optionalWord(call, 'PolicyUsageFilter', ['PermissionsPolicy', 'PermissionsBoundary']);
  const kinds: readonly NamedKind[] = filter === undefined ? ['user', 'role', 'group'] : filters[filter];
  if (!kinds.includes(kind) || usage === 'PermissionsBoundary') return [];
  const prefix = optionalText(call, 'PathPrefix') ?? '/';
  return allVisible(call, kind).filter(({ attached, path }) => attached.includes(arn) && path.startsWith(prefix));
}
