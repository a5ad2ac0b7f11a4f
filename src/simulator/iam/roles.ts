/** Roles: who may become one, and for how long. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { kinds, type RoleDocument } from './documents.js';
import { allVisible, born, existing, keep, refuseTakenName, uniqueIdOf, visible } from './entities.js';
import { deleteConflict } from './errors.js';
import { name, optionalText, path, tags, text, wholeNumber } from './input.js';
import { page } from './pages.js';
import { checkTrust, encoded } from './policy-checks.js';

/** Operations on roles. Source: IAM API, CreateRole, GetRole, ListRoles, UpdateRole, DeleteRole and their siblings. */
export const roleOperations: Operations = {
  CreateRole(call) {
    const roleName = name(call, 'RoleName');
    const trust = text(call, 'AssumeRolePolicyDocument');
    checkTrust(call, trust);
    refuseTakenName(call, 'role', roleName);
    const role: RoleDocument = {
      ...born(call, 'role', path(call), roleName),
      roleName,
      roleId: uniqueIdOf(call, 'AROA'),
      trust,
      description: optionalText(call, 'Description') ?? '',
      maxSessionSeconds: maxSession(call) ?? 3600,
      attached: [],
      inline: {},
      tags: tags(call),
    };
    keep(call, 'role', roleName, role);
    return { Role: described(role) };
  },
  GetRole: (call) => ({ Role: described(visible(call, 'role', text(call, 'RoleName'))) }),
  ListRoles(call) {
    const prefix = optionalText(call, 'PathPrefix') ?? '/';
    const roles = allVisible(call, 'role').filter((role) => role.path.startsWith(prefix));
    return page(
      call,
      'Roles',
      roles.map((role) => ({ ...described(role), Tags: undefined })),
    );
  },
  UpdateAssumeRolePolicy(call) {
    const role = modifiable(call);
    const trust = text(call, 'PolicyDocument');
    checkTrust(call, trust);
    const until = call.now + call.latencies.propagationMs;
    change(call, { ...role, trust, formerTrust: { trust: role.trust, until } });
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
    return { Role: described(role) };
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

/** @throws UnmodifiableEntity for a service-linked role */
export function refuseProtected({ roleName, path }: RoleDocument): void {
  if (!path.startsWith('/aws-service-role/')) return;
  const message = `Cannot perform the operation on the protected role '${roleName}' - this role is only modifiable by AWS`;
  throw new AwsError('UnmodifiableEntity', 400, message);
}

/** A role in AWS's shape. Source: IAM API, Role. */
export function described(role: RoleDocument): Readonly<Record<string, unknown>> {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encoded(role.trust),
    ...(role.description === '' ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.tags.length > 0 ? { Tags: role.tags } : {}),
  };
}
