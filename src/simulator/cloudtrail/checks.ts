/** What a trail needs before it can be: a good name, and a bucket whose policy lets CloudTrail write. */
import { AwsError, type Call } from '../engine/core.js';
import { refusedCall } from '../s3/delivery.js';
import { bucketNamed } from '../s3/documents.js';
import type { TrailDocument } from './documents.js';

/** Rules for names in order, each with AWS's words. Source: CloudTrail API, CreateTrail, Name. */
const nameRules: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^.{3,}$/, 'Trail name too short. Minimum allowed length: 3 characters.'],
  [/^.{0,128}$/, 'Trail name too long. Maximum allowed length: 128 characters.'],
  [/^[A-Za-z\d]/, 'Trail name must starts with a letter or number.'],
  [/[A-Za-z\d]$/, 'Trail name must ends with a letter or number.'],
  [
    /^[A-Za-z\d._-]+$/,
    'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
  ],
  [/^(?!.*[._-]{2})/, 'Trail name cannot contain two adjacent periods, hyphens or underscores.'],
  [/^(?!\d+\.\d+\.\d+\.\d+$)/, 'Trail name cannot be an IP address.'],
];

/** @throws InvalidTrailNameException */
export function checkName(name: string): void {
  const broken = nameRules.find(([pattern]) => !pattern.test(name));
  if (broken) throw new AwsError('InvalidTrailNameException', 400, broken[1]);
}

/** The longest prefix. Source: CloudTrail API, CreateTrail, S3KeyPrefix. */
const longestPrefix = 200;

/**
 * CloudTrail reads the bucket's ACL and writes below `AWSLogs/<account>/` as a test. The policy is the one that has
 * spread by now. Source: CloudTrail User Guide, Amazon S3 bucket policy for CloudTrail.
 * @throws S3BucketDoesNotExistException, InsufficientS3BucketPolicyException, InvalidS3PrefixException
 */
export function checkBucket(call: Call, trail: TrailDocument): void {
  if ((trail.prefix?.length ?? 0) > longestPrefix) {
    throw new AwsError('InvalidS3PrefixException', 400, `S3 prefix is longer than maximum length: ${longestPrefix}`);
  }
  const bucket = bucketNamed(call.documents, trail.bucket);
  if (!bucket) {
    throw new AwsError('S3BucketDoesNotExistException', 400, `S3 bucket ${trail.bucket} does not exist!`);
  }
  const folder = trail.prefix ? `${trail.prefix}/` : '';
  const delivery = {
    service: 'cloudtrail.amazonaws.com',
    sourceAccount: call.account,
    sourceArn: trail.arn,
    bucketActions: ['s3:GetBucketAcl'],
    objectKey: `${folder}AWSLogs/${call.account}/CloudTrail/${call.region}/test`,
  };
  if (refusedCall(bucket, delivery, call.now) === undefined) return;
  const words = `Incorrect S3 bucket policy is detected for bucket: ${trail.bucket}`;
  throw new AwsError('InsufficientS3BucketPolicyException', 400, words);
}
