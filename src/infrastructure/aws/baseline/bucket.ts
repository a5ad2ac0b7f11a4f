/** A private, encrypted, versioned bucket with the policy of the service that writes to it. */
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { Desired, Observed } from '../../../domain/baseline/objects.js';
import { documentOf } from '../../../domain/baseline/policy-document.js';
import { canonicalText } from '../../../domain/canonical-json.js';
import { classify } from '../calls/errors.js';
import { nameTaken } from '../calls/name-taken.js';
import { lifecycleOf, putLifecycle } from './bucket-lifecycle.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { blocksAll, everyBlock } from './public-access.js';
import { type Reach, unless } from './reach.js';

type Bucket = Desired<'bucket'>;

/** Every call names the owner, so that a bucket of somebody else is never read or written by mistake. */
const owned = ({ accountId }: Reach, { name }: { readonly name: string }) => ({
  Bucket: name,
  ExpectedBucketOwner: accountId,
});

/** Source: S3 API, the errors of each Get operation on a bucket that lacks the setting. */
async function settingsOf(reach: Reach, bucket: Bucket): Promise<NonNullable<Observed['members']>> {
  const { s3 } = reach.clients;
  const { call } = reach;
  const which = owned(reach, bucket);
  const [block, ownership, encryption, policy, lifecycle] = await Promise.all([
    unless(['NoSuchPublicAccessBlockConfiguration'], s3.send(new GetPublicAccessBlockCommand(which), call)),
    unless(['OwnershipControlsNotFoundError'], s3.send(new GetBucketOwnershipControlsCommand(which), call)),
    unless(['ServerSideEncryptionConfigurationNotFoundError'], s3.send(new GetBucketEncryptionCommand(which), call)),
    unless(['NoSuchBucketPolicy'], s3.send(new GetBucketPolicyCommand(which), call)),
    lifecycleOf(reach, which),
  ]);
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0];
  return {
    publicAccessBlocked: blocksAll(block?.PublicAccessBlockConfiguration),
    ownership: ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null,
    encryption: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? null,
    policy: policy?.Policy ? documentOf(policy.Policy) : null,
    lifecycle,
  };
}

export const bucketAtAws: KindAtAws<'bucket'> = {
  async observe(reach, object) {
    const command = new GetBucketVersioningCommand(owned(reach, object));
    const versioning = await unless(['NoSuchBucket'], reach.clients.s3.send(command, reach.call));
    if (!versioning) return observedAs(object, null);
    return observedAs(object, { ...(await settingsOf(reach, object)), versioning: versioning.Status ?? null });
  },

  /** A bucket that is ours already shows when it is looked at again. Source: S3 API, CreateBucket. */
  async create({ clients, call }, object) {
    const Bucket = object.name;
    const others = () =>
      nameTaken(`A bucket with the name ${Bucket} belongs to another account`, 'CreateBucket', { Bucket });
    await unless(['BucketAlreadyOwnedByYou'], clients.s3.send(creationOf(object), call)).catch((error: unknown) => {
      throw classify(error).code === 'BucketAlreadyExists' ? others() : error;
    });
  },

  /** Most of this is AWS's default by now; it is sent all the same, so that it does not hang on a default. */
  complete: [blockPublicAccess, ownObjects, encrypt, keepVersions, setPolicy, setLifecycle],

  mend: {
    publicAccessBlocked: blockPublicAccess,
    ownership: ownObjects,
    encryption: encrypt,
    versioning: keepVersions,
    policy: setPolicy,
    lifecycle: setLifecycle,
  },
};

/** Source: S3 API, CreateBucket: the account-regional namespace, and no location constraint for us-east-1. */
function creationOf({ name, place, members }: Bucket): CreateBucketCommand {
  const LocationConstraint = place as BucketLocationConstraint;
  return new CreateBucketCommand({
    Bucket: name,
    BucketNamespace: 'account-regional',
    ObjectOwnership: members.ownership,
    ...(place === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } }),
  });
}

async function blockPublicAccess(reach: Reach, bucket: Bucket): Promise<void> {
  const command = new PutPublicAccessBlockCommand({
    ...owned(reach, bucket),
    PublicAccessBlockConfiguration: everyBlock,
  });
  await reach.clients.s3.send(command, reach.call);
}

async function ownObjects(reach: Reach, bucket: Bucket): Promise<void> {
  const OwnershipControls = { Rules: [{ ObjectOwnership: bucket.members.ownership }] };
  const command = new PutBucketOwnershipControlsCommand({ ...owned(reach, bucket), OwnershipControls });
  await reach.clients.s3.send(command, reach.call);
}

async function encrypt(reach: Reach, bucket: Bucket): Promise<void> {
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: bucket.members.encryption } };
  const command = new PutBucketEncryptionCommand({
    ...owned(reach, bucket),
    ServerSideEncryptionConfiguration: { Rules: [rule] },
  });
  await reach.clients.s3.send(command, reach.call);
}

async function keepVersions(reach: Reach, bucket: Bucket): Promise<void> {
  const VersioningConfiguration = { Status: bucket.members.versioning };
  const command = new PutBucketVersioningCommand({ ...owned(reach, bucket), VersioningConfiguration });
  await reach.clients.s3.send(command, reach.call);
}

async function setPolicy(reach: Reach, bucket: Bucket): Promise<void> {
  const command = new PutBucketPolicyCommand({ ...owned(reach, bucket), Policy: canonicalText(bucket.members.policy) });
  await reach.clients.s3.send(command, reach.call);
}

async function setLifecycle(reach: Reach, bucket: Bucket): Promise<void> {
  await putLifecycle(reach, owned(reach, bucket), bucket.members.lifecycle);
}
