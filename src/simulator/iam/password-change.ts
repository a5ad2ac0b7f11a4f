/** A user's own change of password: allowed by policy, good by policy, and not one that was used before. */
import type { Documents } from '../engine/core.js';
import { decide } from '../policies/decision.js';
import type { LoginProfileDocument, UserDocument } from './documents.js';
import { policiesOfUser } from './identity-policies.js';
import { levelsOver } from './organization-limits.js';
import { brokenRules, hashOf, policyOf } from './passwords.js';

interface PasswordChange {
  readonly account: string;
  readonly user: UserDocument;
  readonly profile: LoginProfileDocument;
  readonly newPassword: string;
  readonly now: number;
}

/** How many former passwords are kept: the most that a policy can ask about. Source: IAM API, PasswordReusePrevention. */
const formerKept = 24;

/**
 * The login profile after the change, or why it is refused, in AWS's words.
 * Source: IAM API, ChangePassword; IAM User Guide, Permitting IAM users to change their own passwords.
 */
export function passwordChange(
  documents: Documents,
  { account, user, profile, newPassword, now }: PasswordChange,
): { readonly profile: LoginProfileDocument } | { readonly refused: string } {
  if (!mayChange(documents, account, user, now)) {
    return { refused: `User: ${user.arn} is not authorized to perform: iam:ChangePassword on resource: ${user.arn}` };
  }
  const policy = policyOf(documents, account);
  const broken = brokenRules(newPassword, policy);
  if (broken.length > 0) return { refused: broken.join('. ') };
  const hash = hashOf(user.userId, newPassword);
  const former = [profile.passwordHash, ...profile.formerHashes];
  // The temporary password may never be kept, whether or not the policy has a rule about reuse.
  if (former.slice(0, Math.max(1, policy?.reusePrevention ?? 0)).includes(hash)) {
    return { refused: 'Password cannot be reused. Choose one that you have not used before.' };
  }
  const formerHashes = former.slice(0, formerKept);
  return { profile: { ...profile, passwordHash: hash, formerHashes, resetRequired: false, passwordSetAt: now } };
}

/** By the account's password policy or by the user's own permissions, as far as its organization lets it. */
function mayChange(documents: Documents, account: string, user: UserDocument, now: number): boolean {
  const { arn, userId, userName } = user;
  const question = {
    principal: { type: 'user', account, arn, roleArn: arn, uniqueId: userId },
    action: 'iam:ChangePassword',
    resource: arn,
    resourceAccount: account,
    context: {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': account,
      'aws:PrincipalType': 'User',
      'aws:username': userName,
      'aws:userid': userId,
      'aws:MultiFactorAuthPresent': 'false',
      'aws:SecureTransport': 'true',
    },
  } as const;
  const serviceControl = levelsOver(documents, account, 'SERVICE_CONTROL_POLICY', now);
  const policies = { ...policiesOfUser(documents, account, user), serviceControl, resourceControl: [] };
  return decide(question, policies).decision === 'allowed';
}
