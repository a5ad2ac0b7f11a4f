/** The simulated CloudTrail, asked by the SDK's own client under a clock of the test. */
import {
  AddTagsCommand,
  CloudTrailClient,
  CreateTrailCommand,
  type CreateTrailCommandInput,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  ListTrailsCommand,
  PutEventSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

const account = '210987654321';
const bucket = 'ctl-audit';
const trailArn = (name: string, region = 'eu-west-1') => `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
let aws: SimulatedAws;

beforeEach(() => {
  aws = new SimulatedAws({ propagationMs: 800 });
});
afterEach(() => aws.close());

const client = (region = 'eu-west-1') => new CloudTrailClient(aws.as(undefined, region));
const create = (input: Partial<CreateTrailCommandInput> = {}, region?: string) =>
  client(region).send(new CreateTrailCommand({ Name: 'ctl-audit', S3BucketName: bucket, ...input }));
const refusal = (name: string, httpStatusCode: number, words: RegExp = /./) => ({
  name,
  message: expect.stringMatching(words),
  $metadata: { httpStatusCode },
});
const insufficient = refusal('InsufficientS3BucketPolicyException', 400);

/** The two statements of the user guide, for one trail or for all of the account. */
function allowed({
  arn = `arn:aws:cloudtrail:*:${account}:trail/*`,
  folder = '',
  acl = 'bucket-owner-full-control',
} = {}) {
  const to = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  const ofTrail = { ArnLike: { 'aws:SourceArn': arn } };
  return [
    { ...to, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${bucket}`, Condition: ofTrail },
    {
      ...to,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/${folder}AWSLogs/${account}/*`,
      Condition: { ...ofTrail, StringEquals: { 's3:x-amz-acl': acl } },
    },
  ];
}

async function setPolicy(Statement: readonly object[]): Promise<void> {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await new S3Client(aws.as(undefined, 'eu-west-1')).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}

async function makeBucket(): Promise<void> {
  await new S3Client(aws.as(undefined, 'eu-west-1')).send(new CreateBucketCommand({ Bucket: bucket }));
}

describe('a trail and its bucket', () => {
  test('a trail needs the bucket, then its policy, and then that CloudTrail has seen the policy', async () => {
    await expect(create()).rejects.toMatchObject(refusal('S3BucketDoesNotExistException', 400));
    await makeBucket();
    await expect(create()).rejects.toMatchObject(insufficient);
    await setPolicy(allowed());
    await expect(create()).rejects.toMatchObject(insufficient);
    aws.passes(800);
    await expect(create()).resolves.toMatchObject({ TrailARN: trailArn('ctl-audit'), LogFileValidationEnabled: false });
    await expect(create()).rejects.toMatchObject(refusal('TrailAlreadyExistsException', 400));
  });

  test('the policy is evaluated for this trail, this folder and this ACL', async () => {
    await makeBucket();
    const denial = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${bucket}/*` };
    const insecure = { ...denial, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    const cases: readonly (readonly [statements: readonly object[], accepted: boolean])[] = [
      [allowed({ arn: trailArn('ctl-audit') }), true],
      [allowed({ arn: trailArn('another') }), false],
      [allowed({ arn: trailArn('ctl-audit', 'us-east-1') }), false],
      [allowed({ folder: 'logs/' }), false],
      [allowed({ acl: 'private' }), false],
      [allowed().slice(0, 1), false],
      [[...allowed(), insecure], true],
      [[...allowed(), denial], false],
    ];
    for (const [statements, accepted] of cases) {
      await setPolicy(statements);
      aws.passes(800);
      const made = create().then(() => client().send(new DeleteTrailCommand({ Name: 'ctl-audit' })));
      await (accepted ? expect(made).resolves.toBeDefined() : expect(made).rejects.toMatchObject(insufficient));
    }
    await setPolicy(allowed({ folder: 'logs/' }));
    aws.passes(800);
    await create({ S3KeyPrefix: 'logs' });
  });
});

describe('a trail', () => {
  beforeEach(async () => {
    await makeBucket();
    await setPolicy(allowed());
    aws.passes(800);
  });

  test('has a good name and no contradictions', async () => {
    for (const Name of ['ab', '-trail', 'trail-', 'a..b', 'a b c', '10.0.0.1', 'x'.repeat(129)]) {
      await expect(create({ Name })).rejects.toMatchObject(refusal('InvalidTrailNameException', 400));
    }
    const contradiction = create({ IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false });
    await expect(contradiction).rejects.toMatchObject(refusal('InvalidParameterCombinationException', 400));
  });

  test('logs only once it is started, and tells since when', async () => {
    await create();
    const status = () => client().send(new GetTrailStatusCommand({ Name: 'ctl-audit' }));
    expect(await status()).toMatchObject({ IsLogging: false });
    await client().send(new StartLoggingCommand({ Name: 'ctl-audit' }));
    const started = new Date(aws.now);
    aws.passes(1000);
    await client().send(new StartLoggingCommand({ Name: trailArn('ctl-audit') }));
    expect(await status()).toMatchObject({ IsLogging: true, StartLoggingTime: started });
    await client().send(new StopLoggingCommand({ Name: 'ctl-audit' }));
    expect(await status()).toMatchObject({ IsLogging: false, StopLoggingTime: new Date(aws.now) });
    const unknown = client().send(new StartLoggingCommand({ Name: 'none' }));
    await expect(unknown).rejects.toMatchObject(refusal('TrailNotFoundException', 400));
  });

  test('of all regions is seen from each and changed only at home', async () => {
    await create({ IsMultiRegionTrail: true, EnableLogFileValidation: true });
    const elsewhere = client('us-west-2');
    const { trailList } = await elsewhere.send(new DescribeTrailsCommand({}));
    expect(trailList).toMatchObject([
      { Name: 'ctl-audit', HomeRegion: 'eu-west-1', IsMultiRegionTrail: true, LogFileValidationEnabled: true },
    ]);
    const none = await elsewhere.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
    expect(none.trailList).toEqual([]);
    const byName = await elsewhere.send(new DescribeTrailsCommand({ trailNameList: ['ctl-audit'] }));
    expect(byName.trailList).toEqual([]);
    const byArn = await elsewhere.send(new DescribeTrailsCommand({ trailNameList: [trailArn('ctl-audit')] }));
    expect(byArn.trailList).toHaveLength(1);
    const { Trails } = await elsewhere.send(new ListTrailsCommand({}));
    expect(Trails).toEqual([{ TrailARN: trailArn('ctl-audit'), Name: 'ctl-audit', HomeRegion: 'eu-west-1' }]);
    const stop = elsewhere.send(new StopLoggingCommand({ Name: trailArn('ctl-audit') }));
    await expect(stop).rejects.toMatchObject(refusal('InvalidHomeRegionException', 400, /eu-west-1/));
    await client().send(new UpdateTrailCommand({ Name: 'ctl-audit', IsMultiRegionTrail: false }));
    expect((await elsewhere.send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
    const { Trail } = await client().send(new GetTrailCommand({ Name: 'ctl-audit' }));
    expect(Trail).toMatchObject({ IsMultiRegionTrail: false, LogFileValidationEnabled: true });
  });

  test('is one of five in a region', async () => {
    for (let count = 1; count <= 5; count += 1) await create({ Name: `trail-${count}` });
    await expect(create({ Name: 'trail-6' })).rejects.toMatchObject(
      refusal('MaximumNumberOfTrailsExceededException', 400),
    );
    await create({ Name: 'trail-6' }, 'us-west-2');
  });

  test('has tags and event selectors, with AWS’s own at first', async () => {
    const { TrailARN: ResourceId = '' } = await create({ TagsList: [{ Key: 'a', Value: '1' }] });
    await client().send(new AddTagsCommand({ ResourceId, TagsList: [{ Key: 'b', Value: '2' }] }));
    await client().send(new RemoveTagsCommand({ ResourceId, TagsList: [{ Key: 'a' }] }));
    const { ResourceTagList } = await client().send(new ListTagsCommand({ ResourceIdList: [ResourceId] }));
    expect(ResourceTagList).toEqual([{ ResourceId, TagsList: [{ Key: 'b', Value: '2' }] }]);
    const selectors = () => client().send(new GetEventSelectorsCommand({ TrailName: 'ctl-audit' }));
    expect((await selectors()).EventSelectors).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: true }]);
    const EventSelectors = [{ ReadWriteType: 'WriteOnly' as const, IncludeManagementEvents: true }];
    await client().send(new PutEventSelectorsCommand({ TrailName: 'ctl-audit', EventSelectors }));
    expect((await selectors()).EventSelectors).toEqual(EventSelectors);
    const none = client().send(new PutEventSelectorsCommand({ TrailName: 'ctl-audit' }));
    await expect(none).rejects.toMatchObject(refusal('InvalidEventSelectorsException', 400));
  });
});
