/** The life cycle of a bucket: which of its versions and unfinished uploads go after a while, and nothing else. */
import {
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { BucketLifecycle } from '../../../domain/baseline/objects.js';
import type { Json } from '../../../domain/canonical-json.js';
import { type Reach, unless } from './reach.js';

/** A bucket of the account, as every call names it. */
interface Named {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

/** Source: S3 API, PutBucketLifecycleConfiguration: an empty prefix means every object. */
const ruleOf = ({ formerVersionsDays, unfinishedUploadsDays }: BucketLifecycle): LifecycleRule => ({
  ID: 'FormerVersionsAndUnfinishedUploads',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  NoncurrentVersionExpiration: { NoncurrentDays: formerVersionsDays },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: unfinishedUploadsDays },
});

/** As the baseline says it where the one rule says no more; else the rules as they are, because any other may delete the record. */
export async function lifecycleOf({ clients, call }: Reach, which: Named): Promise<Json> {
  const command = new GetBucketLifecycleConfigurationCommand(which);
  const rules = (await unless(['NoSuchLifecycleConfiguration'], clients.s3.send(command, call)))?.Rules ?? [];
  if (rules.length === 0) return null;
  return plainly(rules) ?? { rules: JSON.parse(JSON.stringify(rules)) };
}

function plainly([rule, ...others]: readonly LifecycleRule[]): Json | undefined {
  if (!rule || others.length > 0) return undefined;
  const {
    ID: _label,
    Status,
    Filter,
    NoncurrentVersionExpiration: former,
    AbortIncompleteMultipartUpload,
    ...more
  } = rule;
  const { Prefix = '', ...narrower } = Filter ?? {};
  const { NoncurrentDays: formerVersionsDays, ...kept } = former ?? {};
  const unfinishedUploadsDays = AbortIncompleteMultipartUpload?.DaysAfterInitiation;
  const rest = [...Object.values(more), ...Object.values(narrower), ...Object.values(kept)];
  if (Status !== 'Enabled' || Prefix !== '' || rest.some((value) => value !== undefined)) return undefined;
  if (formerVersionsDays === undefined || unfinishedUploadsDays === undefined) return undefined;
  return { formerVersionsDays, unfinishedUploadsDays };
}

export async function putLifecycle({ clients, call }: Reach, which: Named, lifecycle: BucketLifecycle): Promise<void> {
  const LifecycleConfiguration = { Rules: [ruleOf(lifecycle)] };
  await clients.s3.send(new PutBucketLifecycleConfigurationCommand({ ...which, LifecycleConfiguration }), call);
}
