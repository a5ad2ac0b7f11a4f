/** The record of every resource and its changes: a recorder in each region and one bucket for all of them, at home. */
import { encryptedTransport, lockedBucket } from './audit-trail.js';
import { bucketName } from './names.js';
import { type DesiredObject, ours } from './objects.js';
import { type PolicyDocument, policy } from './policy-document.js';
import { type BaselineSettings, roleArn } from './settings.js';

/** The name AWS gives to the only recorder and the only channel a region can have. */
const onlyName = 'default';

const why = {
  role: 'AWS Config reads every resource through a role that AWS keeps, and that nobody in the account can widen.',
  bucket: 'AWS Config delivers its record of resources here.',
  recorder: 'What each resource looked like at any time can be told afterwards.',
  channel: 'The record of resources leaves AWS Config for a bucket that stays with the customer.',
  recording: 'A recorder records nothing until it is started.',
};

const bucketOf = ({ prefix, accountId, homeRegion }: BaselineSettings): string =>
  bucketName(prefix, 'config', accountId, homeRegion);

/** Role and bucket, and the record of the home region, where global resources are recorded. */
export function configRecorder(settings: BaselineSettings): readonly DesiredObject[] {
  const { homeRegion } = settings;
  const bucket = bucketOf(settings);
  return [
    ours('service-linked-role', 'AWSServiceRoleForConfig', 'global', { service: 'config.amazonaws.com' }, why.role),
    lockedBucket(bucket, homeRegion, configBucketPolicy(settings.accountId, bucket), why.bucket),
    ...recordOf(homeRegion, settings),
  ];
}

/** Recorder, channel and start of one region. */
export function recordOf(region: string, settings: BaselineSettings): readonly DesiredObject[] {
  const recorderRole = roleArn(settings, 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig');
  // Recorded in more than one region, every change of an IAM object would be stored and paid for again.
  const globalResourceTypes = region === settings.homeRegion;
  const members = { roleArn: recorderRole, allSupported: true, globalResourceTypes };
  return [
    ours('config-recorder', onlyName, region, members, why.recorder),
    ours('delivery-channel', onlyName, region, { bucket: bucketOf(settings) }, why.channel),
    ours('recording', onlyName, region, { on: true }, why.recording),
  ];
}

/**
 * What AWS Config needs of the bucket: with the service-linked role it is the service itself that delivers.
 * Source: AWS Config Developer Guide, Permissions for the Amazon S3 bucket.
 */
function configBucketPolicy(accountId: string, bucket: string): PolicyDocument {
  const statement = { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' } } as const;
  const ofAccount = { 'aws:SourceAccount': accountId };
  const resource = `arn:aws:s3:::${bucket}`;
  return policy(
    encryptedTransport(bucket),
    {
      ...statement,
      Sid: 'ConfigReadsBucket',
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: resource,
      Condition: { StringEquals: ofAccount },
    },
    {
      ...statement,
      Sid: 'ConfigWrites',
      Action: 's3:PutObject',
      Resource: `${resource}/AWSLogs/${accountId}/Config/*`,
      Condition: { StringEquals: { ...ofAccount, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  );
}
