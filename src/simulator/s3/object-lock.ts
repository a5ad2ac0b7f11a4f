/** Object Lock: a version that is retained can be removed by nobody before its time. Source: S3 User Guide, Object Lock. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { type BucketDocument, ownBucket } from './documents.js';
import type { ObjectVersion, Retention } from './object-documents.js';
import type { Output } from './output.js';
import type { XmlTree } from './xml-reader.js';

const root = 'ObjectLockConfiguration';

/** What a bucket begins with that is made with Object Lock: it is versioned too, for ever. */
export const lockedSettings: Readonly<Record<string, XmlTree>> = {
  [root]: { ObjectLockEnabled: 'Enabled' },
  VersioningConfiguration: { Status: 'Enabled' },
};

export const isLocked = ({ settings }: BucketDocument): boolean => settings[root] !== undefined;

/** Source: S3 API, GetObjectLockConfiguration. */
export const objectLockOperations: Operations = {
  GetObjectLockConfiguration(call): Output {
    const { name, settings } = ownBucket(call);
    if (settings[root] !== undefined) return { xml: { [root]: settings[root] } };
    const words = 'Object Lock configuration does not exist for this bucket';
    throw new AwsError('ObjectLockConfigurationNotFoundError', 404, words, { BucketName: name });
  },
};

/**
 * The retention that a new object is put with.
 * @throws InvalidRequest without Object Lock or a checksum, InvalidArgument for a mode without a date and the other way round
 */
export function lockAsked({ input, now }: Call, bucket: BucketDocument): Retention | null {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: date } = input;
  if (mode === undefined && date === undefined) return null;
  if (!isLocked(bucket)) throw new AwsError('InvalidRequest', 400, 'Bucket is missing Object Lock Configuration');
  if (mode === undefined || date === undefined)
    throw invalid('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied');
  if (input.ChecksumCRC32 === undefined && input.ContentMD5 === undefined) {
    const words =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
    throw new AwsError('InvalidRequest', 400, words);
  }
  if (mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') throw invalid('Unknown wormMode directive.');
  const until = Date.parse(String(date));
  if (Number.isNaN(until)) throw invalid('The retain until date must be provided in ISO 8601 format');
  if (until <= now) throw invalid('The retain until date must be in the future!');
  return { mode, until };
}

const invalid = (words: string): AwsError => new AwsError('InvalidArgument', 400, words);

/** Who may bypass GOVERNANCE is not simulated. @throws AccessDenied */
export function refuseWhileLocked({ lock }: ObjectVersion, now: number): void {
  if (lock && now < lock.until)
    throw new AwsError('AccessDenied', 403, 'Access Denied because object protected by object lock.');
}

/** Versions are there as long as the lock is. @throws InvalidBucketState */
export function refuseSuspension(bucket: BucketDocument, status: string | undefined): void {
  if (!isLocked(bucket) || status === 'Enabled') return;
  const words = 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.';
  throw new AwsError('InvalidBucketState', 409, words);
}
