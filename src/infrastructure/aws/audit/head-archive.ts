/** Signed heads in a bucket with Object Lock, where nobody can change or remove them for years, its owner not excepted. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { HeadArchive, SignedHead } from '../../../application/ports/signed-heads.js';
import { classify } from '../calls/errors.js';

export interface ArchiveSettings {
  readonly bucket: string;
  /** What the names of objects begin with; empty for nothing. */
  readonly prefix: string;
  readonly retainDays: number;
}

/** Something else lies in the archive under this head's name. */
export class ArchivedHeadDiffers extends Error {}

const dayMs = 86_400_000;

/**
 * Opens the archive of one log; no call is made yet. An object is put once and never over another one, and is retained in
 * COMPLIANCE mode, which no user can shorten. Source: S3 API, PutObject (If-None-Match, x-amz-object-lock-*); S3 User Guide,
 * Object Lock. Its errors are passed on as they are.
 */
export function openHeadArchive(
  s3: S3Client,
  settings: ArchiveSettings,
  logId: string,
  now: () => number,
): HeadArchive {
  const { bucket: Bucket, prefix, retainDays } = settings;
  const keyOf = ({ size, root, keyId }: SignedHead): string =>
    `${prefix}${logId}/${String(size).padStart(15, '0')}-${root.slice(0, 16)}-${keyId}.checkpoint`;
  const kept = async (Key: string): Promise<string | undefined> =>
    (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

  return {
    async keep(head) {
      const Key = keyOf(head);
      const ObjectLockRetainUntilDate = new Date(now() + retainDays * dayMs);
      const put = { Bucket, Key, Body: head.note, ContentType: 'text/plain; charset=utf-8', IfNoneMatch: '*' };
      try {
        await s3.send(new PutObjectCommand({ ...put, ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate }));
      } catch (error) {
        // An answer that was lost, or a start whose folder has forgotten what was sent.
        if (classify(error).code !== 'PreconditionFailed') throw error;
        if ((await kept(Key)) === head.note) return;
        throw new ArchivedHeadDiffers(`s3://${Bucket}/${Key} holds something else than the head of this log.`);
      }
    },
  };
}
