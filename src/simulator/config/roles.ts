/** The role that AWS Config acts through: it must exist, have spread through AWS, and trust the service. */
import type { Call } from '../engine/core.js';
import { kinds, type RoleDocument, trustSeen } from '../iam/documents.js';
import { resourceAllows } from '../policies/resource-policy.js';
import { refusal } from './errors.js';

export const service = 'config.amazonaws.com';

/** The role of an ARN in the call's account as other services see it. */
function roleSeen({ documents, account, now }: Call, arn: string): RoleDocument | undefined {
  const role = documents.get<RoleDocument>(kinds.role, account, arn.slice(arn.lastIndexOf('/') + 1));
  return role?.arn === arn && now >= role.visibleAt ? role : undefined;
}

/** Source: AWS Config API, PutConfigurationRecorder. @throws InvalidRoleException */
export function checkRole(call: Call, arn: string): void {
  const role = roleSeen(call, arn);
  const request = { action: 'sts:AssumeRole', resource: arn, context: { 'aws:SourceAccount': call.account } };
  if (!role || !resourceAllows(trustSeen(role, call.now), { type: 'service', service }, request)) {
    throw refusal(
      'InvalidRole',
      'The role ARN provided is not valid, or AWS Config is not allowed to assume the role.',
    );
  }
}
