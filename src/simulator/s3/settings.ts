/** The settings of a bucket, each a small XML document that is put, read and taken away: one row of a table a setting. */
import { AwsError, type Call, type Operation, type Operations } from '../engine/core.js';
import { ownBucket, putBucket } from './documents.js';
import { refuseSuspension } from './object-lock.js';
import type { Output } from './output.js';
import { blocks, encryption, lifecycle, ownership, publicAccessBlock, tagging, versioning } from './setting-checks.js';
import { textIn, type XmlTree } from './xml-reader.js';

interface Setting {
  /** As in `PutBucketEncryption`. */
  readonly operation: string;
  /** The operation that takes it away; absent when there is none. */
  readonly removal?: string;
  /** The sub-resource of the URL. */
  readonly resource: string;
  /** The root element of the XML document. */
  readonly root: string;
  /** The document as it is kept, or an error. */
  readonly checked: (sent: XmlTree) => XmlTree;
  /** What a bucket has before anybody set anything; `null`: nothing. */
  readonly initial: XmlTree | null;
  /** Whether the initial document comes back when the setting is taken away. */
  readonly lasting?: boolean;
  /** The answer when there is none; absent when there is always one. */
  readonly absent?: readonly [code: string, message: string];
}

const encrypted = {
  Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: 'false' },
};

/** Since April 2023 new buckets block public access, disable ACLs and encrypt. Source: S3 User Guide, default settings. */
export const settings: readonly Setting[] = [
  {
    operation: 'PublicAccessBlock',
    removal: 'DeletePublicAccessBlock',
    resource: 'publicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    checked: publicAccessBlock,
    initial: Object.fromEntries(blocks.map((name) => [name, 'true'])),
    absent: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
  },
  {
    operation: 'BucketEncryption',
    removal: 'DeleteBucketEncryption',
    resource: 'encryption',
    root: 'ServerSideEncryptionConfiguration',
    checked: encryption,
    initial: encrypted,
    lasting: true,
  },
  {
    operation: 'BucketVersioning',
    resource: 'versioning',
    root: 'VersioningConfiguration',
    checked: versioning,
    initial: null,
  },
  {
    operation: 'BucketOwnershipControls',
    removal: 'DeleteBucketOwnershipControls',
    resource: 'ownershipControls',
    root: 'OwnershipControls',
    checked: ownership,
    initial: { Rule: { ObjectOwnership: 'BucketOwnerEnforced' } },
    absent: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
  },
  {
    operation: 'BucketLifecycleConfiguration',
    removal: 'DeleteBucketLifecycle',
    resource: 'lifecycle',
    root: 'LifecycleConfiguration',
    checked: lifecycle,
    initial: null,
    absent: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
  },
  {
    operation: 'BucketTagging',
    removal: 'DeleteBucketTagging',
    resource: 'tagging',
    root: 'Tagging',
    checked: tagging,
    initial: null,
    absent: ['NoSuchTagSet', 'The TagSet does not exist'],
  },
];

/** What a new bucket has. */
export function initialSettings(objectOwnership: string | undefined): Readonly<Record<string, XmlTree>> {
  const given = settings.flatMap(({ root, initial }) => (initial === null ? [] : [[root, initial] as const]));
  const usual = Object.fromEntries(given);
  if (!objectOwnership) return usual;
  return { ...usual, OwnershipControls: ownership({ Rule: { ObjectOwnership: objectOwnership } }) };
}

/** Put, get and delete of every setting. Source: S3 API, PutPublicAccessBlock, PutBucketEncryption and so on. */
export const settingOperations: Operations = Object.assign({}, ...settings.map(operationsOf));

function operationsOf(setting: Setting): Operations {
  const { operation, removal, root, checked, absent } = setting;
  const put: Operation = (call) => {
    const bucket = ownBucket(call);
    const kept = checked(sentIn(call, root));
    if (root === 'VersioningConfiguration') refuseSuspension(bucket, textIn(kept, 'Status'));
    putBucket(call.documents, { ...bucket, settings: { ...bucket.settings, [root]: kept } });
    return {};
  };
  const get = (call: Call): Output => {
    const bucket = ownBucket(call);
    const kept = bucket.settings[root];
    if (kept === undefined && absent) throw new AwsError(absent[0], 404, absent[1], { BucketName: bucket.name });
    return { xml: { [root]: kept ?? '' } };
  };
  return {
    [`Put${operation}`]: put,
    [`Get${operation}`]: get,
    ...(removal ? { [removal]: (call: Call) => takeAway(call, setting) } : {}),
  };
}

function takeAway(call: Call, { root, initial, lasting }: Setting): Output {
  const bucket = ownBucket(call);
  const { [root]: _gone, ...rest } = bucket.settings;
  const again = lasting && initial !== null ? { [root]: initial } : {};
  putBucket(call.documents, { ...bucket, settings: { ...rest, ...again } });
  return {};
}

const sentIn = ({ input }: Call, root: string): XmlTree => (input[root] ?? '') as XmlTree;
