/** The record of every call in the account: one multi-region trail and the bucket it writes to. */
import { bucketName, trailName } from './names.js';
import { type Desired, type DesiredObject, ours } from './objects.js';
import { type PolicyDocument, policy, type Statement } from './policy-document.js';
import type { BaselineSettings } from './settings.js';

/** The bucket comes first, since CloudTrail writes to it as a test when the trail is made. */
export function auditTrail(settings: BaselineSettings): readonly DesiredObject[] {
  const { homeRegion } = settings;
  const bucket = bucketName(settings.prefix, 'audit', settings.accountId, homeRegion);
  const recordsAll = {
    bucket,
    multiRegion: true,
    globalEvents: true,
    logFileValidation: true,
    allManagementEvents: true,
    logging: true,
  };
  const why = 'Every call in every region is recorded, and a digest shows whether the record was changed.';
  return [
    lockedBucket(bucket, homeRegion, trailBucketPolicy(settings, bucket), 'The trail writes its record of calls here.'),
    ours('trail', trailName(settings.prefix), homeRegion, recordsAll, why),
  ];
}

/** A private, encrypted, versioned bucket whose objects all belong to the account. */
export const lockedBucket = (
  name: string,
  region: string,
  bucketPolicy: PolicyDocument,
  why: string,
): Desired<'bucket'> => {
  const locked = {
    publicAccessBlocked: true,
    ownership: 'BucketOwnerEnforced',
    encryption: 'AES256',
    versioning: 'Enabled',
    lifecycle: { formerVersionsDays: 365, unfinishedUploadsDays: 7 },
  } as const;
  return ours('bucket', name, region, { ...locked, policy: bucketPolicy }, why);
};

/** Nobody reads or writes a bucket in clear text. Source: S3 User Guide, Security best practices; CIS 3.1.1. */
export const encryptedTransport = (bucket: string): Statement => ({
  Sid: 'DenyClearText',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/**
 * What CloudTrail needs of the bucket. The trail's ARN is known before the trail exists, so this is complete at once.
 * Source: CloudTrail User Guide, Amazon S3 bucket policy for CloudTrail.
 */
function trailBucketPolicy({ accountId, homeRegion, prefix }: BaselineSettings, bucket: string): PolicyDocument {
  const trailArn = `arn:aws:cloudtrail:${homeRegion}:${accountId}:trail/${trailName(prefix)}`;
  const statement = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } } as const;
  return policy(
    encryptedTransport(bucket),
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
