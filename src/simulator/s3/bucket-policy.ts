/** The policy of a bucket: checked when put, and seen by other services only a while later. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { PolicyFault, type Statement } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { matches } from '../policies/patterns.js';
import { awsPrincipals, idsOf, shownText } from '../policies/resource-policy.js';
import { identityIdOf, principalExists } from '../world/identities.js';
import { type BucketDocument, ownBucket, policyTextSeen, putBucket } from './documents.js';
import { accessDenied, malformedPolicy } from './errors.js';
import type { Output } from './output.js';
import { textIn } from './xml-reader.js';

/** Source: S3 User Guide, Bucket policies: at most 20 KB. */
const longest = 20_480;

/** Source: S3 API, PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy, GetBucketPolicyStatus. */
export const bucketPolicyOperations: Operations = {
  PutBucketPolicy(call): Output {
    const bucket = ownBucket(call);
    const text = String(call.input.Policy ?? '');
    const statements = checked(call, text, bucket.name);
    const settings = bucket.settings.PublicAccessBlockConfiguration;
    const blocked = settings !== undefined && textIn(settings, 'BlockPublicPolicy') === 'true';
    if (blocked && statements.some(isPublic)) throw accessDenied();
    write(call, bucket, text, statements);
    return {};
  },
  GetBucketPolicy(call): Output {
    const bucket = ownBucket(call);
    return {
      text: shownText(textOf(bucket), bucket.policy?.ids, (arn) => identityIdOf(call.documents, arn, call.now)),
    };
  },
  GetBucketPolicyStatus(call): Output {
    const statements = parsePolicy(textOf(ownBucket(call)), 'bucket');
    return { xml: { PolicyStatus: { IsPublic: String(statements.some(isPublic)) } } };
  },
  DeleteBucketPolicy(call): Output {
    write(call, ownBucket(call), null, []);
    return {};
  },
};

function write(call: Call, bucket: BucketDocument, text: string | null, statements: readonly Statement[]): void {
  const { documents, now, latencies } = call;
  const ids = idsOf(statements, (arn) => identityIdOf(documents, arn, now));
  const former = policyTextSeen(bucket, now);
  putBucket(documents, { ...bucket, policy: { text, ids, former, seenAt: now + latencies.propagationMs } });
}

function textOf({ name, policy }: BucketDocument): string {
  if (policy?.text) return policy.text;
  throw new AwsError('NoSuchBucketPolicy', 404, 'The bucket policy does not exist', { BucketName: name });
}

function checked({ documents, now }: Call, text: string, bucket: string): readonly Statement[] {
  if (Buffer.byteLength(text) > longest) throw malformedPolicy(`Policy exceeds the maximum allowed document size.`);
  try {
    const statements = parsePolicy(text, 'bucket');
    const resources = statements.flatMap(({ Resource, NotResource }) => [...(Resource ?? []), ...(NotResource ?? [])]);
    if (!resources.every((resource) => isOf(bucket, resource))) throw malformedPolicy('Policy has invalid resource');
    if (statements.flatMap(({ Action }) => Action ?? []).some((action) => !/^(\*|s3:.+)$/i.test(action))) {
      throw malformedPolicy('Policy has invalid action');
    }
    if (awsPrincipals(statements).some((principal) => !principalExists(documents, principal, now))) {
      throw malformedPolicy('Invalid principal in policy');
    }
    return statements;
  } catch (error) {
    if (error instanceof PolicyFault) throw malformedPolicy(error.message);
    throw error;
  }
}

/** A bucket's policy may speak of that bucket and its objects alone. */
const isOf = (bucket: string, resource: string): boolean => {
  const arn = `arn:aws:s3:::${bucket}`;
  return resource === arn || resource.startsWith(`${arn}/`) || matches(resource, arn);
};

/** Conditions on these keys bind a statement to somebody. Source: S3 User Guide, The meaning of "public". */
const binding = [
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalaccount',
];

function isPublic({ Effect, Principal, Condition }: Statement): boolean {
  if (Effect === 'Deny' || !Principal?.AWS?.includes('*')) return false;
  const keys = Object.values(Condition).flatMap((conditions) => Object.keys(conditions));
  return !keys.some((key) => binding.includes(key.toLowerCase()));
}
