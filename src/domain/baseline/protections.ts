/**
 * What the customer policy denies so that the hardening stays: changes of the reseller's IAM objects, of one's own
 * protection, of the record of calls and resources, and of the rules for sign-in.
 */
import {
  administratorUserName,
  analyzerName,
  bucketName,
  operationsOverrideName,
  trailName,
  wayInRoleName,
} from './names.js';
import type { Statement } from './policy-document.js';
import { type BaselineSettings, managedPolicyArn, roleArn } from './settings.js';
import { denial } from './statements.js';

/**
 * Every way to change, replace or borrow an IAM object. Reading stays allowed, and so does adding to a group: a
 * colleague belongs in the administrators' group, which is bound, rather than in one that is not. `Remove` keeps a
 * member from leaving it: IAM asks for the right to do so of the group alone, never of the user.
 */
const objectChanges = [
  'Attach',
  'Create',
  'Delete',
  'Detach',
  'Pass',
  'Put',
  'Remove',
  'Set',
  'Tag',
  'Untag',
  'Update',
];

/** What would free a user from its policies or from its second factor. Source: Service Authorization Reference, IAM. */
const userProtection = [
  'iam:AttachUserPolicy',
  'iam:CreateLoginProfile',
  'iam:DeactivateMFADevice',
  'iam:DeleteLoginProfile',
  'iam:DeleteUser*',
  'iam:DetachUserPolicy',
  'iam:PutUser*',
  'iam:UpdateLoginProfile',
  'iam:UpdateUser',
];

/** Rules for every sign-in; the last two switch off the regional endpoints through which the automation works. */
const signInRules = [
  'iam:DeleteAccountPasswordPolicy',
  'iam:DeleteSAMLProvider',
  'iam:SetSecurityTokenServicePreferences',
  'iam:SetSTSRegionalEndpointStatus',
  'iam:UpdateAccountPasswordPolicy',
];

const trailChanges = ['CreateTrail', 'DeleteTrail', 'Put*Selectors', 'StopLogging', 'UpdateTrail'];

/** A region has one recorder and one channel, so all of them are meant. Source: AWS Config API. */
const recorderChanges = [
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:DeleteRetentionConfiguration',
  'config:PutConfigurationRecorder',
  'config:PutDeliveryChannel',
  'config:PutRetentionConfiguration',
  'config:StopConfigurationRecorder',
];

/** What weakens the defaults of the account and of its regions. Source: Service Authorization Reference, Amazon EC2 and S3. */
const defaultChanges = [
  'ec2:DisableEbsEncryptionByDefault',
  'ec2:DisableSnapshotBlockPublicAccess',
  'ec2:EnableSnapshotBlockPublicAccess',
  'ec2:ModifyInstanceMetadataDefaults',
  's3:PutAccountPublicAccessBlock',
];

const bucketChanges = ['s3:BypassGovernanceRetention', 's3:Delete*', 's3:Put*', 's3:Replicate*'];

export const protections = (settings: BaselineSettings): readonly Statement[] => [
  denial('DenyChangesOfResellerObjects', objectActions(), resellerObjects(settings)),
  denial('DenyChangesOfOwnProtection', userProtection, protectedUsers(settings)),
  denial('DenyChangesOfSignInRules', signInRules),
  denial(
    'DenyChangesOfTheTrail',
    trailChanges.map((action) => `cloudtrail:${action}`),
    `arn:aws:cloudtrail:*:${settings.accountId}:trail/${trailName(settings.prefix)}`,
  ),
  denial('DenyChangesOfTheRecorder', recorderChanges),
  denial('DenyChangesOfTheRecord', bucketChanges, recordBuckets(settings)),
  denial('DenyChangesOfDefaults', defaultChanges),
  denial(
    'DenyChangesOfTheAnalyzer',
    ['access-analyzer:DeleteAnalyzer', 'access-analyzer:UpdateAnalyzer'],
    `arn:aws:access-analyzer:*:${settings.accountId}:analyzer/${analyzerName(settings.prefix)}`,
  ),
];

const objectActions = (): readonly string[] => [...objectChanges.map((verb) => `iam:${verb}*`), 'sts:AssumeRole'];

const resellerObjects = (settings: BaselineSettings): readonly string[] => [
  roleArn(settings, `${settings.prefix}*`),
  roleArn(settings, wayInRoleName),
  managedPolicyArn(settings, `${settings.prefix}*`),
  managedPolicyArn(settings, operationsOverrideName),
  `arn:aws:iam::${settings.accountId}:group/${settings.prefix}*`,
];

/** The user handed over, and whoever asks; a colleague's lost device is replaced by another administrator. */
const protectedUsers = ({ accountId }: BaselineSettings): readonly string[] =>
  [administratorUserName, `\${aws:username}`, `*/\${aws:username}`].map(
    (name) => `arn:aws:iam::${accountId}:user/${name}`,
  );

const recordBuckets = ({ prefix, accountId, homeRegion }: BaselineSettings): readonly string[] =>
  (['audit', 'config'] as const)
    .map((purpose) => `arn:aws:s3:::${bucketName(prefix, purpose, accountId, homeRegion)}`)
    .flatMap((bucket) => [bucket, `${bucket}/*`]);
