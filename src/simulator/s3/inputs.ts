/** The members that each operation of S3 reads; a member that is not here is refused by name. */
import type { OperationInputs } from '../engine/core.js';
import { blocks } from './setting-checks.js';
import { settings } from './settings.js';

const onBucket = ['Bucket', 'ExpectedBucketOwner'];
const onObject = [...onBucket, 'Key'];

/** What is read of the documents of the settings; of the others all is kept as it was sent. */
const documents: Readonly<Record<string, readonly string[]>> = {
  PublicAccessBlockConfiguration: blocks,
  VersioningConfiguration: ['Status'],
  OwnershipControls: ['Rule.ObjectOwnership'],
  Tagging: ['TagSet.Tag.Key', 'TagSet.Tag.Value'],
};

const ofSettings = settings.flatMap(({ operation, removal, root }) => [
  [`Put${operation}`, [...onBucket, ...(documents[root]?.map((path) => `${root}.${path}`) ?? [root])]],
  [`Get${operation}`, onBucket],
  ...(removal ? [[removal, onBucket]] : []),
]);

/** Source: S3 API, the request syntax of each operation; headers under the names of the SDK's members. */
export const inputs: OperationInputs = {
  CreateBucket: [
    'Bucket',
    'ACL',
    'BucketNamespace',
    'CreateBucketConfiguration.LocationConstraint',
    'ObjectLockEnabledForBucket',
    'ObjectOwnership',
  ],
  HeadBucket: onBucket,
  DeleteBucket: onBucket,
  GetBucketLocation: onBucket,
  ListBuckets: ['max-buckets', 'continuation-token', 'prefix', 'bucket-region'],
  PutBucketPolicy: [...onBucket, 'Policy'],
  GetBucketPolicy: onBucket,
  GetBucketPolicyStatus: onBucket,
  DeleteBucketPolicy: onBucket,
  GetObjectLockConfiguration: onBucket,
  PutObject: [
    ...onObject,
    'Body',
    'ChecksumCRC32',
    'ContentMD5',
    'ObjectLockMode',
    'ObjectLockRetainUntilDate',
    'if-none-match',
  ],
  GetObject: [...onObject, 'versionId'],
  HeadObject: [...onObject, 'versionId'],
  DeleteObject: [...onObject, 'versionId'],
  ...Object.fromEntries(ofSettings),
};
