/** The simulated AWS Config, asked by the SDK's own client under a clock of the test. */
import {
  ConfigServiceClient,
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  type RecordingGroup,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { CreateServiceLinkedRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

const account = '210987654321';
const bucket = 'ctl-config';
const roleARN = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
let aws: SimulatedAws;

beforeEach(() => {
  aws = new SimulatedAws({ propagationMs: 800 });
});
afterEach(() => aws.close());

const client = (region = 'eu-west-1') => new ConfigServiceClient(aws.as(undefined, region));
const refusal = (name: string, words: RegExp = /./) => ({
  name: `${name}Exception`,
  message: expect.stringMatching(words),
  $metadata: { httpStatusCode: 400 },
});
const putRecorder = (
  recorder: { name?: string; roleARN?: string; recordingGroup?: RecordingGroup } = {},
  region?: string,
) =>
  client(region).send(
    new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'default', roleARN, ...recorder } }),
  );
const putChannel = (channel: { name?: string; s3BucketName?: string; s3KeyPrefix?: string } = {}, region?: string) =>
  client(region).send(
    new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: bucket, ...channel } }),
  );
const ConfigurationRecorderName = 'default';
const start = () => client().send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }));
const stop = () => client().send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }));
const status = async () => {
  const answer = await client().send(new DescribeConfigurationRecorderStatusCommand({}));
  return answer.ConfigurationRecordersStatus?.[0];
};

async function makeRole(): Promise<void> {
  await new IAMClient(aws.as()).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }));
  aws.passes(800);
}

async function makeBucket(sourceAccount = account, folder = ''): Promise<void> {
  const s3 = new S3Client(aws.as(undefined, 'us-east-1'));
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const to = { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' } };
  const arn = `arn:aws:s3:::${bucket}`;
  const ofAccount = { 'AWS:SourceAccount': sourceAccount };
  const write = { ...ofAccount, 's3:x-amz-acl': 'bucket-owner-full-control' };
  const Statement = [
    { ...to, Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: arn, Condition: { StringEquals: ofAccount } },
    {
      ...to,
      Action: 's3:PutObject',
      Resource: `${arn}/${folder}AWSLogs/${account}/Config/*`,
      Condition: { StringEquals: write },
    },
  ];
  await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Statement }) }));
}

describe('the order that works', () => {
  test('is role, recorder, bucket with policy, channel, start; every other is refused', async () => {
    await expect(putRecorder()).rejects.toMatchObject(refusal('InvalidRole'));
    await expect(putChannel()).rejects.toMatchObject(refusal('NoAvailableConfigurationRecorder'));
    await expect(start()).rejects.toMatchObject(refusal('NoSuchConfigurationRecorder', /'default'/));
    await makeRole();
    await putRecorder();
    await expect(start()).rejects.toMatchObject(refusal('NoAvailableDeliveryChannel'));
    await expect(putChannel()).rejects.toMatchObject(refusal('NoSuchBucket'));
    await makeBucket();
    await expect(putChannel()).rejects.toMatchObject(refusal('InsufficientDeliveryPolicy', /ctl-config/));
    aws.passes(800);
    await putChannel();
    expect(await status()).toMatchObject({ recording: false });
    await start();
    expect(await status()).toMatchObject({ recording: true, lastStatus: 'PENDING', lastStartTime: new Date(aws.now) });
    aws.passes(800);
    expect(await status()).toMatchObject({ recording: true, lastStatus: 'SUCCESS' });
  });

  test('a role that has not spread, or that does not trust AWS Config, is no role', async () => {
    await new IAMClient(aws.as()).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }));
    await expect(putRecorder()).rejects.toMatchObject(refusal('InvalidRole'));
    const other = `arn:aws:iam::${account}:role/PartnerCloudAutomation`;
    await expect(putRecorder({ roleARN: other })).rejects.toMatchObject(refusal('InvalidRole'));
  });

  test('the bucket’s policy is evaluated for this account and this folder', async () => {
    await makeRole();
    await putRecorder();
    await makeBucket('111122223333');
    aws.passes(800);
    await expect(putChannel()).rejects.toMatchObject(refusal('InsufficientDeliveryPolicy'));
    await makeBucket(account, 'logs/');
    aws.passes(800);
    await expect(putChannel()).rejects.toMatchObject(refusal('InsufficientDeliveryPolicy', /'null'/));
    await expect(putChannel({ s3BucketName: `arn:aws:s3:::${bucket}` })).rejects.toMatchObject(
      refusal('InsufficientDeliveryPolicy'),
    );
    await putChannel({ s3KeyPrefix: 'logs' });
  });
});

describe('a region', () => {
  beforeEach(async () => {
    await makeRole();
    await makeBucket();
    aws.passes(800);
    await putRecorder();
    await putChannel();
  });

  test('has one recorder and one channel, which can be put again', async () => {
    await putRecorder({ recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } });
    await putChannel();
    await expect(putRecorder({ name: 'second' })).rejects.toMatchObject(
      refusal('MaxNumberOfConfigurationRecordersExceeded'),
    );
    await expect(putChannel({ name: 'second' })).rejects.toMatchObject(refusal('MaxNumberOfDeliveryChannelsExceeded'));
    const { ConfigurationRecorders } = await client().send(new DescribeConfigurationRecordersCommand({}));
    expect(ConfigurationRecorders).toMatchObject([
      {
        name: 'default',
        roleARN,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true, resourceTypes: [] },
        recordingMode: { recordingFrequency: 'CONTINUOUS' },
      },
    ]);
    const { DeliveryChannels } = await client().send(new DescribeDeliveryChannelsCommand({}));
    expect(DeliveryChannels).toEqual([{ name: 'default', s3BucketName: bucket }]);
    const unknown = new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames: ['second'] });
    await expect(client().send(unknown)).rejects.toMatchObject(refusal('NoSuchConfigurationRecorder'));
  });

  test('knows nothing of the others', async () => {
    const elsewhere = await client('us-east-1').send(new DescribeConfigurationRecordersCommand({}));
    expect(elsewhere.ConfigurationRecorders).toEqual([]);
    await putRecorder({ name: 'second' }, 'us-east-1');
    await putChannel({ name: 'second' }, 'us-east-1');
  });

  test('refuses recording groups that contradict themselves', async () => {
    for (const recordingGroup of [
      { allSupported: true, resourceTypes: ['AWS::IAM::Role' as const] },
      { allSupported: false, includeGlobalResourceTypes: true },
      { allSupported: false },
    ]) {
      await expect(putRecorder({ recordingGroup })).rejects.toMatchObject(refusal('InvalidRecordingGroup'));
    }
  });

  test('loses its channel only after the recorder was stopped', async () => {
    await start();
    const remove = () => client().send(new DeleteDeliveryChannelCommand({ DeliveryChannelName: 'default' }));
    await expect(remove()).rejects.toMatchObject(refusal('LastDeliveryChannelDeleteFailed'));
    await stop();
    expect(await status()).toMatchObject({ recording: false, lastStopTime: new Date(aws.now) });
    await remove();
    await expect(remove()).rejects.toMatchObject(refusal('NoSuchDeliveryChannel'));
    await client().send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName }));
    await expect(stop()).rejects.toMatchObject(refusal('NoSuchConfigurationRecorder'));
  });
});
