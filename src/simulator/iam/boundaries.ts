/** Permissions boundaries: one managed policy that limits what a role or user may do, whatever else it carries. */
import type { Call, Operations } from '../engine/core.js';
import { awsManagedPolicy } from './aws-managed-policies.js';
import { kinds, type ManagedPolicyDocument, type PolicyOwner } from './documents.js';
import { existing, keep, refuseProtected } from './entities.js';
import { noSuchEntity } from './errors.js';
import { optionalText, text } from './input.js';

/** PutRolePermissionsBoundary, DeleteRolePermissionsBoundary, or the same of users. Source: IAM API. */
export function boundaryOperations(kind: 'role' | 'user', title: 'Role' | 'User'): Operations {
  const owner = (call: Call) => {
    if (kind === 'role') refuseProtected(existing(call, 'role', text(call, 'RoleName')));
    return existing(call, kind, text(call, `${title}Name`));
  };
  return {
    [`Put${title}PermissionsBoundary`](call) {
      const boundary = knownBoundary(call, text(call, 'PermissionsBoundary'));
      keep(call, kind, text(call, `${title}Name`), { ...owner(call), boundary });
      return {};
    },
    [`Delete${title}PermissionsBoundary`](call) {
      const { boundary, ...rest } = owner(call);
      if (boundary === undefined) throw noSuchEntity(`No permissions boundary is set for this ${kind}.`);
      keep(call, kind, text(call, `${title}Name`), rest);
      return {};
    },
  };
}

/** The boundary that a creation asks for, if any. @throws NoSuchEntity */
export function askedBoundary(call: Call): Pick<PolicyOwner, 'boundary'> {
  const arn = optionalText(call, 'PermissionsBoundary');
  return arn === undefined ? {} : { boundary: knownBoundary(call, arn) };
}

/** A boundary in AWS's shape. Source: IAM API, AttachedPermissionsBoundary. */
export const shownBoundary = ({ boundary }: PolicyOwner) =>
  boundary === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary } };

function knownBoundary(call: Call, arn: string): string {
  const known = call.documents.get<ManagedPolicyDocument>(kinds.policy, call.account, arn) ?? awsManagedPolicy(arn);
  if (known) return arn;
  throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
}
