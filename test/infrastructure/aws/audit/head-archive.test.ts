/** Signed heads in a bucket with Object Lock: sent in their order, once, retained, and tried again when AWS does not take one. */
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { archiveHeads } from '../../../../src/application/audit/archive-heads.js';
import { systemClock } from '../../../../src/application/ports/clock.js';
import { openHeadFiles } from '../../../../src/infrastructure/audit/head-files.js';
import { openSigner } from '../../../../src/infrastructure/audit/signing-key.js';
import { ArchivedHeadDiffers, openHeadArchive } from '../../../../src/infrastructure/aws/audit/head-archive.js';
import type { RecordedCall } from '../../../../src/simulator/engine/calls.js';
import { SimulatedAws } from '../../../support/simulated-payer.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { until } from '../../../support/waiting.js';

const Bucket = 'reseller-audit-heads';
const logId = '2e8dff17-e16d-414e-a63c-456f2c84526f';
const origin = `partner-cloud/${logId}`;
const signer = openSigner(new Uint8Array(32).fill(3), origin);
const headOf = (size: number) => signer.signHead({ origin, size, root: '0a'.repeat(32) });
const keyOf = (size: number): string =>
  `audit/${logId}/${String(size).padStart(15, '0')}-${'0a'.repeat(8)}-${signer.keyId}.checkpoint`;

let aws: SimulatedAws;
let s3: S3Client;
let folder: string;
const makeBucket = () => s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
const lying = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));

beforeEach(() => {
  aws = new SimulatedAws({}, Date.now());
  s3 = new S3Client(aws.as(undefined, 'us-east-1'));
  folder = join(temporaryFolder(), logId);
});
afterEach(() => aws.close());

const archive = () => openHeadArchive(s3, { bucket: Bucket, prefix: 'audit/', retainDays: 365 }, logId, () => aws.now);
const archiving = (files = openHeadFiles(folder), failed: (words: string) => void = () => undefined) =>
  archiveHeads({ files, archive: archive(), clock: systemClock, everyMs: 5, mayAct: () => true, failed });

test('each head is sent once and retained, so that nobody can remove it before its time', async () => {
  await makeBucket();
  const files = openHeadFiles(folder);
  for (const size of [1, 5]) files.keep(headOf(size));
  await archiving(files).stop();
  files.keep(headOf(9));
  await archiving(openHeadFiles(folder)).stop();
  const { VersionId, ...found } = await lying(keyOf(9));
  expect(found).toMatchObject({
    ObjectLockMode: 'COMPLIANCE',
    ObjectLockRetainUntilDate: new Date(aws.now + 365 * 86_400_000),
  });
  const remove = s3.send(new DeleteObjectCommand({ Bucket, Key: keyOf(9), VersionId }));
  await expect(remove).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(openHeadFiles(folder).archivedUpTo()).toBe(9);
  const { body } = aws.ask('GET', '/_simulator/calls', { query: { operation: 'PutObject' } });
  const sent = JSON.parse(body).map(({ input }: RecordedCall) => input.Key);
  expect(sent).toEqual([1, 5, 9].map(keyOf));
});

test('what is in the archive already stays; something else in its place is told', async () => {
  await makeBucket();
  await archive().keep(headOf(1));
  await archive().keep(headOf(1));
  await s3.send(new PutObjectCommand({ Bucket, Key: keyOf(2), Body: 'no head' }));
  await expect(archive().keep(headOf(2))).rejects.toThrow(ArchivedHeadDiffers);
});

test('a head that is not taken is told, tried again, and sent before those after it', async () => {
  const files = openHeadFiles(folder);
  for (const size of [1, 2]) files.keep(headOf(size));
  const told: string[] = [];
  const running = archiving(files, (words) => told.push(words));
  await until(
    async () => running.stopped(),
    (words) => words !== undefined,
  );
  await makeBucket();
  await until(
    async () => files.archivedUpTo(),
    (size) => size === 2,
  );
  await running.stop();
  expect([running.stopped(), told]).toEqual([undefined, [expect.stringMatching(/NoSuchBucket|bucket does not exist/)]]);
});

test('heads of what was lost are put aside, and those of what came instead are sent', async () => {
  await makeBucket();
  const files = openHeadFiles(folder);
  for (const size of [1, 5]) files.keep(headOf(size));
  await archiving(files).stop();
  files.setAside(3);
  files.keep(headOf(4));
  await archiving(files).stop();
  expect(files.archivedUpTo()).toBe(4);
  await expect(lying(keyOf(4))).resolves.toMatchObject({ ObjectLockMode: 'COMPLIANCE' });
});
