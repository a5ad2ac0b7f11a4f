/** What calls of STS ask permission for. Source: Service Authorization Reference, AWS Security Token Service. */
import type { Call } from '../engine/core.js';
import { kinds, type RoleDocument, trustSeen } from '../iam/documents.js';
import { type Demand, type Demands, member } from '../policies/demand.js';
import { actionsWanted, carriedOver } from './assume-role.js';
import { type AssumeRoleRequest, assumeRoleRequest } from './assume-role-request.js';
import { trustContext } from './trust-context.js';

export const stsDemands: Demands = {
  // Both need no permission. Source: STS API, GetCallerIdentity, GetSessionToken.
  GetCallerIdentity: () => [],
  GetSessionToken: () => [],
  AssumeRole(call) {
    const request = assumeRoleRequest(call);
    const carried = carriedOver(call, request);
    const context = trustContext(call, request, carried);
    const { roleArn: resource, roleAccount: resourceAccount } = request;
    const shared = { resource, resourceAccount, context, ...trustOf(call, request) };
    return actionsWanted(carried).map((action) => ({ action, ...shared }));
  },
  AssumeRoot(call) {
    const target = member(call, 'TargetPrincipal') ?? '';
    const { arn }: { arn?: unknown } = Object(call.input.TaskPolicyArn);
    const context = { 'sts:TaskPolicyArn': typeof arn === 'string' ? arn : undefined };
    const resource = target.startsWith('arn:') ? target : `arn:aws:iam::${target}:root`;
    return [{ action: 'sts:AssumeRoot', resource, context }];
  },
};

function trustOf(call: Call, { roleArn, roleAccount, roleName }: AssumeRoleRequest): Pick<Demand, 'resourcePolicy'> {
  const role = call.documents.get<RoleDocument>(kinds.role, roleAccount, roleName);
  if (role?.arn !== roleArn) return {};
  return { resourcePolicy: { kind: 'trust', statements: trustSeen(role, call.now) } };
}
