/** Objects of the simulated S3 under Object Lock, asked by the SDK's own client. */
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

const Bucket = 'heads-of-the-log';
const Key = 'log/1.checkpoint';
let aws: SimulatedAws;
let s3: S3Client;

beforeEach(async () => {
  aws = new SimulatedAws({});
  s3 = new S3Client(aws.as(undefined, 'us-east-1'));
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
});
afterEach(() => aws.close());

const dayMs = 86_400_000;
const until = (days: number): Date => new Date(aws.now + days * dayMs);
const put = (more: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: 'first', ...more }));
const text = async (VersionId?: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
const refusal = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });

test('what is retained stays: it is not overwritten, not removed, and hidden only by a marker', async () => {
  const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until(30) } as const;
  const { VersionId } = await put({ ...lock, IfNoneMatch: '*' });
  await expect(put({ Body: 'second', IfNoneMatch: '*' })).rejects.toMatchObject(refusal('PreconditionFailed', 412));
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head).toMatchObject({ ...lock, VersionId });
  const remove = () => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  await expect(remove()).rejects.toMatchObject(refusal('AccessDenied', 403));
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await expect(text()).rejects.toMatchObject(refusal('NoSuchKey', 404));
  expect(await text(VersionId)).toBe('first');
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject(refusal('BucketNotEmpty', 409));
  aws.now += 31 * dayMs;
  await remove();
  await expect(text(VersionId)).rejects.toMatchObject(refusal('NoSuchVersion', 404));
});

test('a put over it makes a version of its own', async () => {
  const { VersionId } = await put();
  await put({ Body: 'second' });
  expect([await text(), await text(VersionId)]).toEqual(['second', 'first']);
});

test.each<[string, Partial<PutObjectCommandInput>, string]>([
  ['a mode without a date', { ObjectLockMode: 'COMPLIANCE' }, 'InvalidArgument'],
  ['a date that is over', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(0) }, 'InvalidArgument'],
  ['another sum than that of the body', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
])('%s is refused', async (_, input, name) => {
  await expect(put(input)).rejects.toMatchObject(refusal(name, 400));
});

test('a bucket without Object Lock retains nothing, and one with it is versioned for ever', async () => {
  const plain = 'without-a-lock';
  await s3.send(new CreateBucketCommand({ Bucket: plain }));
  const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until(1) } as const;
  await expect(put({ Bucket: plain, ...lock })).rejects.toMatchObject(refusal('InvalidRequest', 400));
  const ask = (name: string) => s3.send(new GetObjectLockConfigurationCommand({ Bucket: name }));
  await expect(ask(plain)).rejects.toMatchObject(refusal('ObjectLockConfigurationNotFoundError', 404));
  expect((await ask(Bucket)).ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
  const suspend = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } });
  await expect(s3.send(suspend)).rejects.toMatchObject(refusal('InvalidBucketState', 409));
});
