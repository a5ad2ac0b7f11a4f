/**
 * Until a second factor has proved who a member of the administrators' group is, a password or a key opens nothing but the
 * way to that factor. It hangs on the group alone: sessions at the console come from the reseller's federation and have no
 * MFA of AWS, and programs have keys and no device, so neither carries it.
 */
import { type PolicyDocument, policy } from './policy-document.js';
import type { BaselineSettings } from './settings.js';

/**
 * What a person needs from a temporary password to the first sign-in with a device. Without the change of the password and
 * the rules for it a first sign-in would be a dead end; taking a device off or deleting it is not among them, because
 * whoever has the password alone could then put a device of their own in its place.
 * Source: IAM User Guide, AWS: Allows MFA-authenticated IAM users to manage their own credentials.
 */
const withoutDevice = [
  'iam:ChangePassword',
  'iam:CreateVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:GetAccountPasswordPolicy',
  'iam:GetMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ListVirtualMFADevices',
  'iam:ResyncMFADevice',
  'sts:GetSessionToken',
];

/** Those of them that AWS takes for any user who is named. Source: Service Authorization Reference, IAM. */
const aboutOneself = [
  'iam:EnableMFADevice',
  'iam:GetMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ResyncMFADevice',
];

/** A key of a user has no such context key at all, so its absence counts as absence. Source: IAM User Guide, aws:MultiFactorAuthPresent. */
const noMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };

export const forceMfaPolicy = ({ accountId }: BaselineSettings): PolicyDocument =>
  policy(
    { Sid: 'DenyAllButTheWayToMFA', Effect: 'Deny', NotAction: withoutDevice, Resource: '*', Condition: noMfa },
    {
      Sid: 'DenyDevicesOfOthersWithoutMFA',
      Effect: 'Deny',
      Action: aboutOneself,
      NotResource: ['', '*/'].map((path) => `arn:aws:iam::${accountId}:user/${path}\${aws:username}`),
      Condition: noMfa,
    },
  );
