/** What the simulated S3 remembers of objects: each with all its versions, the present one last. */
import type { Call } from '../engine/core.js';

export interface ObjectVersion {
  /** `null`, as a text, in a bucket without versions. */
  readonly versionId: string;
  readonly body: string;
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly lock: Retention | null;
  /** A delete marker, which hides what is under it. */
  readonly isDeleted: boolean;
}

export interface Retention {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Kind `s3-object`, account: the owner of the bucket, key: bucket and key. */
export interface ObjectDocument {
  readonly bucket: string;
  readonly key: string;
  readonly versions: readonly ObjectVersion[];
}

const objectKind = 's3-object';

export const keyIn = ({ input }: Call): string => String(input.Key ?? '');

/** The object that the call names; without versions when there is none. */
export function objectNamed(call: Call, bucket: string): ObjectDocument {
  const key = keyIn(call);
  const found = call.documents.get<ObjectDocument>(objectKind, call.account, `${bucket}/${key}`);
  return found ?? { bucket, key, versions: [] };
}

export function putObject({ documents, account }: Call, object: ObjectDocument): void {
  const place = `${object.bucket}/${object.key}`;
  if (object.versions.length === 0) documents.remove(objectKind, account, place);
  else documents.put(objectKind, account, place, object);
}

/** Whether a bucket holds anything. */
export const holdsObjects = ({ documents, account }: Call, bucket: string): boolean =>
  documents.list<ObjectDocument>(objectKind, account).some((object) => object.bucket === bucket);
