/** Small objects of text in buckets, with versions and Object Lock. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { ownBucket } from './documents.js';
import { keyIn, type ObjectDocument, type ObjectVersion, objectNamed, putObject } from './object-documents.js';
import { isLocked, lockAsked, refuseWhileLocked } from './object-lock.js';
import type { Output } from './output.js';
import { textIn, type XmlTree } from './xml-reader.js';

/** Source: S3 API, PutObject, GetObject, HeadObject, DeleteObject. */
export const objectOperations: Operations = {
  PutObject(call): Output {
    const bucket = ownBucket(call);
    const object = objectNamed(call, bucket.name);
    if (call.input['if-none-match'] !== undefined && present(object)) throw preconditionFailed();
    const lock = lockAsked(call, bucket);
    const body = String(call.input.Body ?? '');
    checkSum(call, body);
    const isVersioned = textIn((bucket.settings.VersioningConfiguration ?? {}) as XmlTree, 'Status') === 'Enabled';
    const versionId = isVersioned ? call.uniqueId(32) : 'null';
    const version: ObjectVersion = { versionId, body, etag: etagOf(body), at: call.now, lock, isDeleted: false };
    put(call, object, version);
    return { headers: { etag: version.etag, ...versionHeader(version) } };
  },
  GetObject: (call): Output => {
    const version = readable(call);
    return { text: version.body, headers: headersOf(version) };
  },
  HeadObject: (call): Output => ({ headers: headersOf(readable(call)) }),
  DeleteObject(call): Output {
    const bucket = ownBucket(call);
    const object = objectNamed(call, bucket.name);
    const { versionId } = call.input;
    if (versionId !== undefined) return removeVersion(call, object, String(versionId));
    if (!isLocked(bucket) && object.versions.every((each) => each.versionId === 'null')) {
      putObject(call, { ...object, versions: [] });
      return {};
    }
    const marker = { versionId: call.uniqueId(32), body: '', etag: '', at: call.now, lock: null, isDeleted: true };
    put(call, object, marker);
    return { headers: { 'x-amz-delete-marker': 'true', ...versionHeader(marker) } };
  },
};

/** A version of its own, or in place of the one without an id. */
function put(call: Call, object: ObjectDocument, version: ObjectVersion): void {
  const others = object.versions.filter(({ versionId }) => versionId !== version.versionId);
  putObject(call, { ...object, versions: [...others, version] });
}

function removeVersion(call: Call, object: ObjectDocument, versionId: string): Output {
  for (const version of object.versions) if (version.versionId === versionId) refuseWhileLocked(version, call.now);
  putObject(call, { ...object, versions: object.versions.filter((each) => each.versionId !== versionId) });
  return { headers: { 'x-amz-version-id': versionId } };
}

const present = ({ versions }: ObjectDocument): boolean => versions.at(-1)?.isDeleted === false;

/** @throws NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker */
function readable(call: Call): ObjectVersion {
  const { versions } = objectNamed(call, ownBucket(call).name);
  const { versionId } = call.input;
  const found = versionId === undefined ? versions.at(-1) : versions.find((each) => each.versionId === versionId);
  if (!found && versionId !== undefined)
    throw new AwsError('NoSuchVersion', 404, 'The specified version does not exist.');
  if (!found || (found.isDeleted && versionId === undefined))
    throw new AwsError('NoSuchKey', 404, 'The specified key does not exist.', { Key: keyIn(call) });
  if (found.isDeleted)
    throw new AwsError('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.');
  return found;
}

/** What was sent is what was meant. Source: S3 User Guide, Checking object integrity. @throws BadDigest */
function checkSum({ input }: Call, body: string): void {
  const { ChecksumCRC32: sum } = input;
  if (sum === undefined) return;
  const found = Buffer.alloc(4);
  found.writeUInt32BE(crc32(body));
  if (found.toString('base64') !== sum)
    throw new AwsError('BadDigest', 400, 'The CRC32 you specified did not match the calculated checksum.');
}

const etagOf = (body: string): string => `"${createHash('md5').update(body).digest('hex')}"`;

const preconditionFailed = (): AwsError =>
  new AwsError('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', {
    Condition: 'If-None-Match',
  });

const versionHeader = ({ versionId }: ObjectVersion): Readonly<Record<string, string>> =>
  versionId === 'null' ? {} : { 'x-amz-version-id': versionId };

const headersOf = (version: ObjectVersion): Readonly<Record<string, string>> => ({
  'content-type': 'application/octet-stream',
  etag: version.etag,
  'last-modified': new Date(version.at).toUTCString(),
  ...versionHeader(version),
  ...(version.lock && {
    'x-amz-object-lock-mode': version.lock.mode,
    'x-amz-object-lock-retain-until-date': new Date(version.lock.until).toISOString(),
  }),
});
