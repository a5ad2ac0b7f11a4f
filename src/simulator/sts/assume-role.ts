/** AssumeRole: the request is checked, then the role's trust is asked for each thing wanted, then a session begins. */

import { AwsError, type Call } from '../engine/core.js';
import { kinds, type RoleDocument, trustSeen } from '../iam/documents.js';
import { resourceAllows } from '../policies/resource-policy.js';
import { accountOf, isUsable } from '../world/accounts.js';
import { type AssumeRoleRequest, assumeRoleRequest } from './assume-role-request.js';
import { answered } from './credentials.js';
import { validationError } from './input.js';
import { handedOn, newSession, sessionArn } from './sessions.js';
import { type Carried, trustContext } from './trust-context.js';

/**
 * Temporary credentials for a role, narrowed by session policies where some are given.
 * Errors: ValidationError 400; AccessDenied 403, the same for a role that is missing, not yet visible or not
 * trusting, and for an account that is suspended, closing or closed (landing-zone-accelerator-on-aws #727);
 * RegionDisabledException 403 in the last part of a new account's waiting time, outside us-east-1.
 * Source: STS API, AssumeRole; IAM User Guide, Monitor and control actions taken with assumed roles.
 */
export function assumeRole(call: Call): Readonly<Record<string, unknown>> {
  const request = assumeRoleRequest(call);
  if (call.principal.chained && request.durationSeconds > 3600) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  const carried = carriedOver(call, request);
  const role = assumable(call, request);
  const wanted = actionsWanted(carried);
  for (const action of wanted) if (!trusted(call, request, carried, role, action)) throw denied(call, request, action);
  if (request.durationSeconds > role.maxSessionSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  return session(call, request, carried, role);
}

/** A source identity, once set, stays for the whole chain and cannot be changed. */
export function carriedOver(call: Call, request: AssumeRoleRequest): Carried {
  const inherited = handedOn(call.principal);
  const { sourceIdentity = inherited.sourceIdentity } = request;
  if (inherited.sourceIdentity !== null && sourceIdentity !== inherited.sourceIdentity) {
    throw denied(call, request, 'sts:SetSourceIdentity');
  }
  const clash = request.tags.find(({ Key }) => inherited.transitiveTags.some((tag) => tag.Key === Key));
  if (clash) {
    const message = `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session. (${clash.Key})`;
    throw new AwsError('InvalidParameterValue', 400, message);
  }
  const transitive = request.tags.filter(({ Key }) => request.transitiveTagKeys.includes(Key));
  return {
    sourceIdentity,
    tags: [...inherited.transitiveTags, ...request.tags],
    transitiveTags: [...inherited.transitiveTags, ...transitive],
  };
}

/** Whatever a session carries, handed on or new, the trust policy must allow separately. */
export function actionsWanted({ sourceIdentity, tags }: Carried): readonly string[] {
  return [
    'sts:AssumeRole',
    ...(sourceIdentity === null ? [] : ['sts:SetSourceIdentity']),
    ...(tags.length === 0 ? [] : ['sts:TagSession']),
  ];
}

function assumable(call: Call, request: AssumeRoleRequest): RoleDocument {
  const { documents, now, region } = call;
  const account = accountOf(documents, request.roleAccount, now);
  const role = documents.get<RoleDocument>(kinds.role, request.roleAccount, request.roleName);
  if (!account || !isUsable(account, now) || role?.arn !== request.roleArn || now < role.visibleAt)
    throw denied(call, request);
  if (now >= account.roleAssumableAt) return role;
  const regionsOpenAt = account.createdAt + 0.75 * (account.roleAssumableAt - account.createdAt);
  if (now < regionsOpenAt || region === 'us-east-1') throw denied(call, request);
  const message = `STS is not activated in this region for account:${account.id}. Your account administrator can activate STS in this region using the IAM Console.`;
  throw new AwsError('RegionDisabledException', 403, message);
}

function trusted(
  call: Call,
  request: AssumeRoleRequest,
  carried: Carried,
  role: RoleDocument,
  action: string,
): boolean {
  const context = trustContext(call, request, carried);
  return resourceAllows(trustSeen(role, call.now), call.principal, { action, resource: role.arn, context });
}

function session(
  call: Call,
  request: AssumeRoleRequest,
  { sourceIdentity, tags, transitiveTags }: Carried,
  { arn, roleId }: RoleDocument,
): Readonly<Record<string, unknown>> {
  const grant = {
    account: request.roleAccount,
    roleArn: arn,
    roleId,
    sessionName: request.sessionName,
    sourceIdentity,
    tags,
    transitiveTags,
    chained: call.principal.chained,
    ...(request.narrowed && { narrowed: request.narrowed }),
  };
  const credentials = newSession(call, { ...grant, durationSeconds: request.durationSeconds });
  return {
    Credentials: answered(credentials),
    AssumedRoleUser: { AssumedRoleId: `${roleId}:${request.sessionName}`, Arn: sessionArn(grant) },
    SourceIdentity: sourceIdentity ?? undefined,
  };
}

function denied({ principal }: Call, { roleArn }: AssumeRoleRequest, action = 'sts:AssumeRole'): AwsError {
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${roleArn}`;
  return new AwsError('AccessDenied', 403, message);
}
