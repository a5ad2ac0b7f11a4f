/** What calls of S3 ask permission for. Source: Service Authorization Reference, Amazon S3. */
import type { Call } from '../engine/core.js';
import { type Demand, type Demands, each } from '../policies/demand.js';
import { bucketNamed, bucketNameIn, policySeen } from './documents.js';
import { keyIn } from './object-documents.js';

/** Operations whose action has another name. */
const actions: Readonly<Record<string, string>> = {
  HeadBucket: 'ListBucket',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketTagging: 'PutBucketTagging',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
};

/** Operations whose action has their own name. */
const plain = [
  'DeleteBucket',
  'DeleteBucketPolicy',
  'GetBucketLocation',
  'GetBucketOwnershipControls',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketTagging',
  'GetBucketVersioning',
  'PutBucketOwnershipControls',
  'PutBucketPolicy',
  'PutBucketTagging',
  'PutBucketVersioning',
];

export const s3Demands: Demands = {
  ...each([...plain, ...Object.keys(actions)], (call, operation) => [onBucket(call, actions[operation] ?? operation)]),
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  CreateBucket: (call) => {
    const { ACL, BucketNamespace, ObjectLockEnabledForBucket: lock, ObjectOwnership } = call.input;
    const context = { 's3:x-amz-bucket-namespace': typeof BucketNamespace === 'string' ? BucketNamespace : undefined };
    return [
      { ...onBucket(call, 'CreateBucket'), context },
      ...(ACL === undefined ? [] : [onBucket(call, 'PutBucketAcl')]),
      ...(ObjectOwnership === undefined ? [] : [onBucket(call, 'PutBucketOwnershipControls')]),
      ...(lock === undefined
        ? []
        : [onBucket(call, 'PutBucketObjectLockConfiguration'), onBucket(call, 'PutBucketVersioning')]),
    ];
  },
  PutObject: (call) => [
    onObject(call, 'PutObject'),
    ...(call.input.ObjectLockMode === undefined ? [] : [onObject(call, 'PutObjectRetention')]),
  ],
  GetObject: (call) => [onObject(call, versioned(call, 'GetObject'))],
  HeadObject: (call) => [onObject(call, versioned(call, 'GetObject'))],
  DeleteObject: (call) => [onObject(call, versioned(call, 'DeleteObject'))],
};

const versioned = ({ input }: Call, action: string): string =>
  input.versionId === undefined ? action : `${action}Version`;

const onObject = (call: Call, action: string): Demand => onBucket(call, action, `/${keyIn(call)}`);

function onBucket(call: Call, action: string, within = ''): Demand {
  const name = bucketNameIn(call);
  const demand = { action: `s3:${action}`, resource: `arn:aws:s3:::${name}${within}` };
  const bucket = bucketNamed(call.documents, name);
  if (!bucket || action === 'CreateBucket') return demand;
  const statements = policySeen(bucket, call.now);
  const resourcePolicy = { kind: 'bucket', statements } as const;
  return { ...demand, resourceAccount: bucket.owner, ...(statements.length > 0 && { resourcePolicy }) };
}
