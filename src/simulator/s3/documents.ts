/** What the simulated S3 remembers of buckets, and who owns each name in the world. */
import type { Call, Documents } from '../engine/core.js';
import type { Statement } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { type PrincipalIds, withIds } from '../policies/resource-policy.js';
import { accessDenied, noSuchBucket, wrongRegion } from './errors.js';
import type { XmlTree } from './xml-reader.js';

/** Kind `s3-bucket`, account: the owner, key: the name. Times are milliseconds since the epoch. */
export interface BucketDocument {
  readonly name: string;
  readonly owner: string;
  readonly region: string;
  readonly createdAt: number;
  /** Settings as XML trees by the name of their root element; absent: never set. */
  readonly settings: Readonly<Record<string, XmlTree>>;
  readonly policy: BucketPolicy | null;
}

interface BucketPolicy {
  /** `null` after the policy was deleted. */
  readonly text: string | null;
  /** Of the roles and users that the text names; absent: of none. */
  readonly ids?: PrincipalIds | undefined;
  /** What other services go by until they see the present text. */
  readonly former: Pick<BucketPolicy, 'text' | 'ids'> | null;
  readonly seenAt: number;
}

/** Kind `s3-bucket-name`, account `*`, key: the name. After a deletion the name stays busy for a while. */
interface BucketNameDocument {
  readonly owner: string | null;
  readonly busyUntil: number;
}

const bucketKind = 's3-bucket';
const nameKind = 's3-bucket-name';
const everywhere = '*';

/** A bucket by its name, whoever owns it. */
export function bucketNamed(documents: Documents, name: string): BucketDocument | undefined {
  const owner = ownerOf(documents, name)?.owner;
  return owner ? documents.get<BucketDocument>(bucketKind, owner, name) : undefined;
}

export const ownerOf = (documents: Documents, name: string): BucketNameDocument | undefined =>
  documents.get<BucketNameDocument>(nameKind, everywhere, name);

export const bucketsOf = (documents: Documents, account: string): readonly BucketDocument[] =>
  documents.list<BucketDocument>(bucketKind, account);

export function putBucket(documents: Documents, bucket: BucketDocument): void {
  documents.put(bucketKind, bucket.owner, bucket.name, bucket);
  const owned: BucketNameDocument = { owner: bucket.owner, busyUntil: 0 };
  documents.put(nameKind, everywhere, bucket.name, owned);
}

/** Removes a bucket; its name can be taken again from `busyUntil` on. */
export function removeBucket(documents: Documents, bucket: BucketDocument, busyUntil: number): void {
  documents.remove(bucketKind, bucket.owner, bucket.name);
  const free: BucketNameDocument = { owner: null, busyUntil };
  documents.put(nameKind, everywhere, bucket.name, free);
}

/** The policy's text and ids that other services go by at a moment: a changed one takes a while to reach them. */
export const policyTextSeen = ({ policy }: BucketDocument, now: number): Pick<BucketPolicy, 'text' | 'ids'> | null =>
  policy && (now < policy.seenAt ? policy.former : { text: policy.text, ids: policy.ids });

/** The statements of {@link policyTextSeen}; none where there is no policy. */
export function policySeen(bucket: BucketDocument, now: number): readonly Statement[] {
  const { text, ids } = policyTextSeen(bucket, now) ?? { text: null };
  return text === null ? [] : withIds(parsePolicy(text, 'bucket'), ids);
}

export const bucketNameIn = (call: Call): string => String(call.input.Bucket ?? '');

/**
 * The bucket that the call names, for its owner and in its region. Permissions of other accounts are not simulated.
 * @throws NoSuchBucket, AccessDenied (also when the bucket is not the expected owner's), PermanentRedirect
 */
export function ownBucket(call: Call): BucketDocument {
  const name = bucketNameIn(call);
  const bucket = bucketNamed(call.documents, name);
  if (!bucket) throw noSuchBucket(name);
  const expected = call.input.ExpectedBucketOwner;
  if (expected !== undefined && expected !== bucket.owner) throw accessDenied();
  if (bucket.owner !== call.account) throw accessDenied();
  if (bucket.region !== call.region) throw wrongRegion(name, bucket.region);
  return bucket;
}
