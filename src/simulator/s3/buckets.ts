/** Buckets: whose a name is, where the bucket is, and what a new one starts with. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { checkAcl } from './acls.js';
import {
  type BucketDocument,
  bucketNamed,
  bucketNameIn,
  bucketsOf,
  ownBucket,
  ownerOf,
  putBucket,
  removeBucket,
} from './documents.js';
import { noSuchBucket, regionHeader } from './errors.js';
import { checkName, checkNamespace } from './names.js';
import { holdsObjects } from './object-documents.js';
import { lockedSettings } from './object-lock.js';
import { emptyTree, type Output } from './output.js';
import { initialSettings } from './settings.js';
import { textIn, type XmlTree } from './xml-reader.js';

const global = 'us-east-1';

/** Operations on buckets themselves. Source: S3 API, CreateBucket, HeadBucket, ListBuckets and their siblings. */
export const bucketOperations: Operations = {
  CreateBucket(call): Output {
    const name = bucketNameIn(call);
    checkName(name);
    const region = regionOf(call);
    checkAcl(call);
    checkNamespace(name, String(call.input.BucketNamespace ?? 'global'), call.account, region);
    if (!isHeldAlready(call, name)) {
      const isLocked = String(call.input.ObjectLockEnabledForBucket).toLowerCase() === 'true';
      const usual = initialSettings(
        typeof call.input.ObjectOwnership === 'string' ? call.input.ObjectOwnership : undefined,
      );
      const settings = { ...usual, ...(isLocked && lockedSettings) };
      putBucket(call.documents, { name, owner: call.account, region, createdAt: call.now, settings, policy: null });
    }
    return { headers: { location: `/${name}` } };
  },
  HeadBucket(call): Output {
    return { headers: { [regionHeader]: ownBucket(call).region } };
  },
  GetBucketLocation(call): Output {
    // This one is answered from any region.
    const bucket = bucketNamed(call.documents, bucketNameIn(call));
    if (!bucket) throw noSuchBucket(bucketNameIn(call));
    const { region } = ownBucket({ ...call, region: bucket.region });
    return { xml: { LocationConstraint: region === global ? '' : region } };
  },
  ListBuckets(call): Output {
    const { prefix = '', 'bucket-region': region } = call.input;
    const buckets = bucketsOf(call.documents, call.account).filter((bucket) => {
      return bucket.name.startsWith(String(prefix)) && (region === undefined || bucket.region === region);
    });
    return { xml: { ListAllMyBucketsResult: listed(call, buckets) } };
  },
  DeleteBucket(call): Output {
    const bucket = ownBucket(call);
    if (holdsObjects(call, bucket.name)) {
      const words = 'The bucket you tried to delete is not empty';
      throw new AwsError('BucketNotEmpty', 409, words, { BucketName: bucket.name });
    }
    removeBucket(call.documents, bucket, call.now + call.latencies.propagationMs);
    return {};
  },
};

/**
 * Where the bucket goes. Only the endpoint of us-east-1 makes buckets elsewhere, and only it may be asked without a
 * location. Source: S3 API, CreateBucket and its errors.
 */
function regionOf(call: Call): string {
  const body = call.input.CreateBucketConfiguration;
  const location = body === undefined ? undefined : textIn(body as XmlTree, 'LocationConstraint') || undefined;
  if (call.region === global) {
    if (location !== global) return location === 'EU' ? 'eu-west-1' : (location ?? global);
    throw new AwsError('InvalidLocationConstraint', 400, 'The specified location-constraint is not valid', {
      LocationConstraint: location,
    });
  }
  if (location === call.region) return location;
  throw new AwsError(
    'IllegalLocationConstraintException',
    400,
    `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint ` +
      'this request was sent to.',
  );
}

/**
 * Whether the caller has this bucket and may "create" it again, which only us-east-1 allows.
 * @throws BucketAlreadyExists, BucketAlreadyOwnedByYou, OperationAborted
 */
function isHeldAlready(call: Call, name: string): boolean {
  const held = ownerOf(call.documents, name);
  if (held?.owner === call.account) {
    if (call.region === global && bucketNamed(call.documents, name)?.region === global) return true;
    const words = 'Your previous request to create the named bucket succeeded and you already own it.';
    throw new AwsError('BucketAlreadyOwnedByYou', 409, words, { BucketName: name });
  }
  if (held?.owner) {
    const words =
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. ' +
      'Please select a different name and try again.';
    throw new AwsError('BucketAlreadyExists', 409, words, { BucketName: name });
  }
  if (held && call.now < held.busyUntil) {
    const words =
      'A conflicting conditional operation is currently in progress against this resource. Please try again.';
    throw new AwsError('OperationAborted', 409, words);
  }
  return false;
}

function listed(call: Call, buckets: readonly BucketDocument[]): Readonly<Record<string, unknown>> {
  const asked = Number(call.input['max-buckets'] ?? 10_000);
  if (!Number.isInteger(asked) || asked < 1 || asked > 10_000) {
    throw new AwsError('InvalidArgument', 400, 'max-buckets: a whole number from 1 to 10000 is expected.');
  }
  const after = call.input['continuation-token'];
  const rest = after === undefined ? buckets : buckets.filter(({ name }) => name > fromToken(String(after)));
  const page = rest.slice(0, asked);
  const last = page.at(-1);
  return {
    Owner: { ID: canonicalId(call.account) },
    Buckets:
      page.length === 0
        ? emptyTree
        : {
            Bucket: page.map(({ name, createdAt, region }) => ({
              Name: name,
              CreationDate: new Date(createdAt),
              BucketRegion: region,
            })),
          },
    ...(rest.length > page.length && last ? { ContinuationToken: Buffer.from(last.name).toString('base64') } : {}),
  };
}

const fromToken = (token: string): string => Buffer.from(token, 'base64').toString('utf8');

/** S3 names owners by 64 hexadecimal digits of their own; here they follow from the account. */
const canonicalId = (account: string): string => account.padStart(64, '0');
