/** Whether a service may deliver to a bucket: its policy is evaluated for the calls that the service makes as a test. */
import { resourceAllows } from '../policies/resource-policy.js';
import { type BucketDocument, policySeen } from './documents.js';

export interface Delivery {
  /** Such as `cloudtrail.amazonaws.com`. */
  readonly service: string;
  /** For whom the service acts: `aws:SourceAccount` and `aws:SourceArn`. */
  readonly sourceAccount: string;
  readonly sourceArn: string;
  /** What the service asks of the bucket itself, such as `s3:GetBucketAcl`. */
  readonly bucketActions: readonly string[];
  /** The key of the object that the service writes as a test. */
  readonly objectKey: string;
}

/** The first call that the bucket's policy, as services see it now, does not allow; `undefined` when all are allowed. */
export function refusedCall(bucket: BucketDocument, delivery: Delivery, now: number): string | undefined {
  const arn = `arn:aws:s3:::${bucket.name}`;
  const calls = [
    ...delivery.bucketActions.map((action) => ({ action, resource: arn, object: {} })),
    {
      action: 's3:PutObject',
      resource: `${arn}/${delivery.objectKey}`,
      object: { 's3:x-amz-acl': 'bucket-owner-full-control' },
    },
  ];
  const statements = policySeen(bucket, now);
  const isAllowed = ({ action, resource, object }: (typeof calls)[number]): boolean =>
    resourceAllows(
      statements,
      { type: 'service', service: delivery.service },
      { action, resource, context: { ...object, ...factsOf(delivery) } },
    );
  return calls.find((call) => !isAllowed(call))?.action;
}

const factsOf = ({ sourceAccount, sourceArn, service }: Delivery): Readonly<Record<string, string>> => ({
  'aws:SourceAccount': sourceAccount,
  'aws:SourceArn': sourceArn,
  'aws:PrincipalIsAWSService': 'true',
  'aws:PrincipalServiceName': service,
  'aws:SecureTransport': 'true',
  's3:TlsVersion': '1.3',
});
