/** Roles: who may become one, and for how long. */
import type { Call, Operations } from '../engine/core.js';
import { shownText } from '../policies/resource-policy.js';
import { identityIdOf } from '../world/identities.js';
import { askedBoundary, shownBoundary } from './boundaries.js';
import { kinds, type RoleDocument } from './documents.js';
import { allVisible, born, existing, keep, refuseProtected, refuseTakenName, uniqueIdOf, visible } from './entities.js';
import { deleteConflict } from './errors.js';
import { name, optionalText, path, tags, text, wholeNumber } from './input.js';
import { page } from './pages.js';
import { checkedTrust, encoded } from './policy-checks.js';

/** Operations on roles. Source: IAM API, CreateRole, GetRole, ListRoles, UpdateRole, DeleteRole and their siblings. */
export const roleOperations: Operations = {
  CreateRole(call) {
    const roleName = name(call, 'RoleName');
    const trust = checkedTrust(call, text(call, 'AssumeRolePolicyDocument'));
    refuseTakenName(call, 'role', roleName);
    const role: RoleDocument = {
      ...born(call, 'role', path(call), roleName),
      roleName,
      roleId: uniqueIdOf(call, 'AROA'),
      ...trust,
      description: optionalText(call, 'Description') ?? '',
      maxSessionSeconds: maxSession(call) ?? 3600,
      attached: [],
      inline: {},
      ...askedBoundary(call),
      tags: tags(call),
    };
    keep(call, 'role', roleName, role);
    return { Role: described(call, role) };
  },
  GetRole: (call) => ({ Role: described(call, visible(call, 'role', text(call, 'RoleName'))) }),
  ListRoles(call) {
    const prefix = optionalText(call, 'PathPrefix') ?? '/';
    const roles = allVisible(call, 'role').filter((role) => role.path.startsWith(prefix));
    return page(
      call,
      'Roles',
      roles.map((role) => ({ ...described(call, role), Tags: undefined })),
    );
  },
  UpdateAssumeRolePolicy(call) {
    const role = modifiable(call);
    const trust = checkedTrust(call, text(call, 'PolicyDocument'));
    const until = call.now + call.latencies.propagationMs;
    const former = { trust: role.trust, ...(role.trustIds && { trustIds: role.trustIds }), until };
    change(call, { ...role, ...trust, formerTrust: former });
    return {};
  },
  UpdateRole(call) {
    const role = modifiable(call);
    // Members that are left out keep their values. Source: IAM API, UpdateRole.
    const description = optionalText(call, 'Description') ?? role.description;
    change(call, { ...role, description, maxSessionSeconds: maxSession(call) ?? role.maxSessionSeconds });
    return {};
  },
  UpdateRoleDescription(call) {
    const role = { ...modifiable(call), description: optionalText(call, 'Description') ?? '' };
    change(call, role);
    return { Role: described(call, role) };
  },
  DeleteRole(call) {
    const role = modifiable(call);
    if (role.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (Object.keys(role.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    call.documents.remove(kinds.role, call.account, role.roleName);
    return {};
  },
};

const change = (call: Call, role: RoleDocument): void => keep(call, 'role', role.roleName, role);

const maxSession = (call: Call): number | undefined => wholeNumber(call, 'MaxSessionDuration', 3600, 43_200);

/** The role that the call names, unless only AWS may change it. @throws NoSuchEntity, UnmodifiableEntity */
function modifiable(call: Call): RoleDocument {
  const role = existing(call, 'role', text(call, 'RoleName'));
  refuseProtected(role);
  return role;
}

/** A role in AWS's shape. Source: IAM API, Role. */
export function described({ documents, now }: Call, role: RoleDocument): Readonly<Record<string, unknown>> {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encoded(shownText(role.trust, role.trustIds, (arn) => identityIdOf(documents, arn, now))),
    ...(role.description === '' ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
    ...shownBoundary(role),
    ...(role.tags.length > 0 ? { Tags: role.tags } : {}),
  };
}
