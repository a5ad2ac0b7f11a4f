/** AssumeRoot: a short session as a member account's root user, narrowed to one of AWS's task policies. */

import { AwsError, type Call } from '../engine/core.js';
import { accountOf, isUsable } from '../world/accounts.js';
import { managedBy } from '../world/organization.js';
import { answered } from './credentials.js';
import { structure, text, validationError, wholeNumber } from './input.js';
import { handedOn, newSession } from './sessions.js';

/** Source: STS API, AssumeRoot, TaskPolicyArn. */
const tasks: readonly string[] = [
  'IAMAuditRootUserCredentials',
  'IAMCreateRootUserPassword',
  'IAMDeleteRootUserCredentials',
  'S3UnlockBucketPolicy',
  'SQSUnlockQueuePolicy',
].map((name) => `arn:aws:iam::aws:policy/root-task/${name}`);

/**
 * Credentials of at most 900 seconds as the root user of a member account. Errors: ValidationError 400; AccessDenied
 * 403 for a caller that does not manage the account's organization, is a root user, or has not enabled RootSessions.
 * Source: STS API, AssumeRoot; IAM User Guide, Perform a privileged task on a member account.
 */
export function assumeRoot(call: Call): Readonly<Record<string, unknown>> {
  const target = text(call, 'TargetPrincipal', { min: 12, max: 2048 });
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(target)?.[1];
  if (account === undefined) throw validationError(`${target} is invalid`);
  const task = text(structure(call, 'TaskPolicyArn'), 'arn', { min: 20, max: 2048 });
  if (!tasks.includes(task)) throw validationError(`${task} is not a policy of a privileged task.`);
  const durationSeconds = wholeNumber(call, 'DurationSeconds', 0, 900) ?? 900;
  refuseOthers(call, account);
  const { sourceIdentity } = handedOn(call.principal);
  const session = newSession(call, {
    account,
    roleArn: `arn:aws:iam::${account}:root`,
    roleId: account,
    sessionName: '',
    sourceIdentity,
    transitiveTags: [],
    chained: true,
    narrowed: { texts: [], arns: [task] },
    durationSeconds,
  });
  return {
    Credentials: answered(session),
    SourceIdentity: sourceIdentity ?? undefined,
  };
}

function refuseOthers({ documents, principal, now }: Call, account: string): void {
  const organization = managedBy(documents, principal.account);
  const target = accountOf(documents, account, now);
  const isMember = target?.organization === principal.account && account !== principal.account;
  const allowed =
    organization?.rootFeatures.includes('RootSessions') &&
    !principal.arn.endsWith(':root') &&
    isMember &&
    isUsable(target, now);
  if (allowed) return;
  const resource = `arn:aws:iam::${account}:root`;
  const message = `User: ${principal.arn} is not authorized to perform: sts:AssumeRoot on resource: ${resource}`;
  throw new AwsError('AccessDenied', 403, message);
}
