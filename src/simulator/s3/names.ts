/** The names that buckets may have. */
import { AwsError } from '../engine/core.js';
import { invalidBucketName } from './errors.js';

const reserved = [/^xn--/, /^sthree-/, /^amzn-s3-demo-/, /-s3alias$/, /--ol-s3$/, /\.mrap$/, /--x-s3$/, /--table-s3$/];

/** @throws InvalidBucketName. Source: S3 User Guide, General purpose bucket naming rules. */
export function checkName(name: string): void {
  const shaped = /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name) && !name.includes('..');
  const address = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!shaped || address || reserved.some((pattern) => pattern.test(name))) throw invalidBucketName(name);
}

const regional = /-\d{12}-[a-z]{2}(-[a-z]+)+-\d-an$/;

/**
 * In the account-regional namespace a name ends in `-<account>-<region>-an`; such an end is reserved for it.
 * @throws MissingNamespaceHeader for such a name without the header, InvalidNamespaceHeader for another name with it.
 * Source: S3 API, CreateBucket, BucketNamespace, and the codes that its callers were seen to get.
 */
export function checkNamespace(name: string, namespace: string, account: string, region: string): void {
  if (namespace !== 'global' && namespace !== 'account-regional') {
    throw new AwsError('InvalidArgument', 400, 'x-amz-bucket-namespace: it must be global or account-regional.');
  }
  if (namespace === 'global' && regional.test(name)) {
    const words = 'A bucket of this name needs the header x-amz-bucket-namespace: account-regional.';
    throw new AwsError('MissingNamespaceHeader', 400, words, { BucketName: name });
  }
  if (namespace === 'account-regional' && !name.endsWith(`-${account}-${region}-an`)) {
    const words = `The name of an account-regional bucket must end in -${account}-${region}-an.`;
    throw new AwsError('InvalidNamespaceHeader', 400, words, { BucketName: name });
  }
}
