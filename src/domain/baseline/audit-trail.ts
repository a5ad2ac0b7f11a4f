/** The record of every call in the account: one multi-region trail and the bucket it writes to. */
import { bucketName, trailName } from './names.js';
import { type Desired, type DesiredObject, ours } from './objects.js';
import { type PolicyDocument, policy } from './policy-document.js';
import type { BaselineSettings } from './settings.js';

/** The bucket comes first, since CloudTrail writes to it as a test when the trail is made. */
export function auditTrail(settings: BaselineSettings): readonly DesiredObject[] {
  const { homeRegion } = settings;
  const bucket = bucketName(settings.prefix, 'audit', settings.accountId, homeRegion);
  const trail = ours('trail', trailName(settings.prefix), homeRegion, {
    bucket,
    multiRegion: true,
    globalEvents: true,
    logFileValidation: true,
    allManagementEvents: true,
    logging: true,
  });
  return [lockedBucket(bucket, homeRegion, trailBucketPolicy(settings, bucket)), trail];
}

/** A private, encrypted, versioned bucket whose objects all belong to the account. */
export const lockedBucket = (name: string, region: string, bucketPolicy: PolicyDocument): Desired<'bucket'> =>
  ours('bucket', name, region, {
    publicAccessBlocked: true,
    ownership: 'BucketOwnerEnforced',
    encryption: 'AES256',
    versioning: 'Enabled',
    policy: bucketPolicy,
  });

/**
 * What CloudTrail needs of the bucket. The trail's ARN is known before the trail exists, so this is complete at once.
 * Source: CloudTrail User Guide, Amazon S3 bucket policy for CloudTrail.
 */
function trailBucketPolicy({ accountId, homeRegion, prefix }: BaselineSettings, bucket: string): PolicyDocument {
  const trailArn = `arn:aws:cloudtrail:${homeRegion}:${accountId}:trail/${trailName(prefix)}`;
  const statement = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } } as const;
  return policy(
    {
      ...statement,
      Sid: 'TrailReadsAcl',
      Action: 's3:GetBucketAcl',
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
    },
    {
      ...statement,
      Sid: 'TrailWrites',
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trailArn } },
    },
  );
}
