/** The ACLs of buckets, as far as a new bucket takes one. */
import { AwsError, type Call } from '../engine/core.js';
import { accessDenied } from './errors.js';

/** Canned ACLs of buckets. Source: S3 API, CreateBucket, x-amz-acl. */
const publicAcls: readonly unknown[] = ['public-read', 'public-read-write', 'authenticated-read'];

/**
 * New buckets own their objects and block public access, so that only the private ACL passes.
 * Source: S3 API, CreateBucket; S3 User Guide, Blocking public access by default.
 * @throws InvalidArgument, InvalidBucketAclWithObjectOwnership, AccessDenied
 */
export function checkAcl({ input: { ACL, ObjectOwnership } }: Call): void {
  if (ACL === undefined || ACL === 'private') return;
  if (!publicAcls.includes(ACL)) throw new AwsError('InvalidArgument', 400, 'x-amz-acl: it is no ACL of a bucket.');
  if (ObjectOwnership !== undefined && ObjectOwnership !== 'BucketOwnerEnforced') throw accessDenied();
  const words = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
  throw new AwsError('InvalidBucketAclWithObjectOwnership', 400, words);
}
