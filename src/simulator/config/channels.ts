/** The delivery channel of a region: the bucket that configuration goes to, tried out before it is accepted. */
import type { AwsError, Call, Operations } from '../engine/core.js';
import { refusedCall } from '../s3/delivery.js';
import { bucketNamed } from '../s3/documents.js';
import { type ChannelDocument, channelOf, putChannel, recorderOf, removeChannel } from './documents.js';
import { noSuchChannel, refusal } from './errors.js';
import { optionalText, structure, text, texts } from './input.js';
import { service } from './roles.js';

/** Source: AWS Config API, PutDeliveryChannel, DescribeDeliveryChannels, DeleteDeliveryChannel. */
export const channelOperations: Operations = {
  PutDeliveryChannel(call) {
    const members = structure(call, 'DeliveryChannel');
    const name = optionalText(members, 'name') ?? 'default';
    const before = channelOf(call);
    if (!recorderOf(call)) {
      throw refusal(
        'NoAvailableConfigurationRecorder',
        'Configuration recorder is not available to put delivery channel.',
      );
    }
    if (before && before.name !== name) {
      const words = `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`;
      throw refusal('MaxNumberOfDeliveryChannelsExceeded', words);
    }
    const bucket = text(members, 's3BucketName');
    tryDelivery(call, bucket, optionalText(members, 's3KeyPrefix') ?? null);
    putChannel(call, { name, bucket, members: { ...members.input, name } });
    return {};
  },
  DescribeDeliveryChannels: (call) => ({ DeliveryChannels: wanted(call).map(({ members }) => members) }),
  DescribeDeliveryChannelStatus: (call) => ({
    DeliveryChannelsStatus: wanted(call).map(({ name }) => ({
      name,
      configSnapshotDeliveryInfo: {},
      configHistoryDeliveryInfo: {},
      configStreamDeliveryInfo: { lastStatus: recorderOf(call)?.recording ? 'SUCCESS' : 'NOT_APPLICABLE' },
    })),
  }),
  DeleteDeliveryChannel(call) {
    const name = text(call, 'DeliveryChannelName');
    if (channelOf(call)?.name !== name) throw noSuchChannel(name);
    if (recorderOf(call)?.recording) {
      const words = `Failed to delete last specified delivery channel with name '${name}', because there is a running configuration recorder.`;
      throw refusal('LastDeliveryChannelDeleteFailed', words);
    }
    removeChannel(call);
    return {};
  },
};

/** The channels that the call asks about. @throws NoSuchDeliveryChannelException for a name without one */
function wanted(call: Call): readonly ChannelDocument[] {
  const channel = channelOf(call);
  const strange = texts(call, 'DeliveryChannelNames').find((name) => name !== channel?.name);
  if (strange !== undefined) throw noSuchChannel(strange);
  return channel ? [channel] : [];
}

/**
 * Writes as a test, in the service's own name: with the service-linked role that is how AWS Config delivers, so that
 * the bucket's policy decides. Other roles' own permissions are not looked at.
 * Source: AWS Config Developer Guide, Permissions for the Amazon S3 bucket.
 * @throws NoSuchBucketException, InsufficientDeliveryPolicyException
 */
function tryDelivery(call: Call, name: string, prefix: string | null): void {
  const bucket = bucketNamed(call.documents, name);
  // An ARN in place of a name meets the refusal of a bad policy. Source: aws-cdk #13978.
  if (name.startsWith('arn:')) throw insufficient(name, prefix);
  if (!bucket) throw refusal('NoSuchBucket', `Cannot find a S3 bucket with an empty bucket name or name '${name}'.`);
  const refused = refusedCall(
    bucket,
    {
      service,
      sourceAccount: call.account,
      sourceArn: `arn:aws:config:${call.region}:${call.account}:*`,
      bucketActions: ['s3:GetBucketAcl', 's3:ListBucket'],
      objectKey: `${prefix ? `${prefix}/` : ''}AWSLogs/${call.account}/Config/ConfigWritabilityCheckFile`,
    },
    call.now,
  );
  if (refused !== undefined) throw insufficient(name, prefix);
}

const insufficient = (bucket: string, prefix: string | null): AwsError =>
  refusal(
    'InsufficientDeliveryPolicy',
    `Insufficient delivery policy to s3 bucket: ${bucket}, unable to write to bucket, ` +
      `provided s3 key prefix is '${prefix}', provided kms key is 'null'.`,
  );
