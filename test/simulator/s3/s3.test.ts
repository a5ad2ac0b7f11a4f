/** The simulated S3, asked by the SDK's own client under a clock of the test. */
import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  DeleteBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../src/simulator/engine/core.js';
import { restWire } from '../../../src/simulator/s3/rest.js';
import { readXml } from '../../../src/simulator/s3/xml-reader.js';
import { firstPayer, SimulatedAws, vendingRole } from '../../support/simulated-payer.js';

const account = '210987654321';
const Bucket = `ctlaudit-${account}-eu-west-1-an`;
let aws: SimulatedAws;

beforeEach(() => {
  aws = new SimulatedAws({ propagationMs: 800 });
});
afterEach(() => aws.close());

const client = (region = 'eu-west-1', forcePathStyle = false) =>
  new S3Client({ ...aws.as(undefined, region), forcePathStyle });
const create = (input: Partial<CreateBucketCommandInput> = {}, region?: string) =>
  client(region).send(new CreateBucketCommand({ Bucket: 'a-bucket', ...input }));
const refusal = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });

describe('the name of a bucket', () => {
  test('is one account’s in all the world', async () => {
    await create();
    await expect(create()).rejects.toMatchObject(refusal('BucketAlreadyOwnedByYou', 409));
    await expect(create({}, 'us-east-1')).rejects.toMatchObject(refusal('BucketAlreadyOwnedByYou', 409));
    const keys = await aws.assume({ RoleArn: vendingRole(firstPayer.account) });
    const other = new S3Client(aws.as(keys, 'eu-west-1'));
    const taken = other.send(new CreateBucketCommand({ Bucket: 'a-bucket' }));
    await expect(taken).rejects.toMatchObject(refusal('BucketAlreadyExists', 409));
    await expect(other.send(new HeadBucketCommand({ Bucket: 'a-bucket' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('can be taken again in us-east-1, where that is no error', async () => {
    await create({}, 'us-east-1');
    await create({}, 'us-east-1');
  });

  test('follows the rules', async () => {
    for (const name of ['ab', 'Upper', 'a..b', '10.0.0.1', 'xn--bucket', '-bucket']) {
      await expect(create({ Bucket: name })).rejects.toMatchObject(refusal('InvalidBucketName', 400));
    }
  });

  test('in the account-regional namespace ends in account and region', async () => {
    const regional = { BucketNamespace: 'account-regional' } as const;
    await create({ Bucket, ...regional });
    await expect(create({ Bucket: 'a-bucket', ...regional })).rejects.toMatchObject(
      refusal('InvalidNamespaceHeader', 400),
    );
    const others = `ctlaudit-${firstPayer.account}-eu-west-1-an`;
    await expect(create({ Bucket: others, ...regional })).rejects.toMatchObject(refusal('InvalidNamespaceHeader', 400));
    await expect(create({ Bucket: others })).rejects.toMatchObject(refusal('MissingNamespaceHeader', 400));
  });

  test('is busy for a while after the bucket was deleted', async () => {
    await create();
    await client().send(new DeleteBucketCommand({ Bucket: 'a-bucket' }));
    await expect(create()).rejects.toMatchObject(refusal('OperationAborted', 409));
    aws.passes(800);
    await create();
  });
});

describe('a bucket', () => {
  test('is in one region and says so everywhere', async () => {
    await create();
    await expect(client().send(new HeadBucketCommand({ Bucket: 'a-bucket' }))).resolves.toMatchObject({
      BucketRegion: 'eu-west-1',
    });
    const elsewhere = client('us-west-2').send(new HeadBucketCommand({ Bucket: 'a-bucket' }));
    await expect(elsewhere).rejects.toMatchObject({ $metadata: { httpStatusCode: 301 } });
    const location = await client('us-east-1').send(new GetBucketLocationCommand({ Bucket: 'a-bucket' }));
    expect(location.LocationConstraint).toBe('eu-west-1');
    await create({ Bucket: 'in-virginia' }, 'us-east-1');
    const virginia = await client('us-east-1').send(new GetBucketLocationCommand({ Bucket: 'in-virginia' }));
    expect(virginia.LocationConstraint ?? '').toBe('');
    const wrong = create({ Bucket: 'b-bucket', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } });
    await expect(wrong).rejects.toMatchObject(refusal('IllegalLocationConstraintException', 400));
    await expect(client().send(new HeadBucketCommand({ Bucket: 'nobodys' }))).rejects.toMatchObject(
      refusal('NotFound', 404),
    );
  });

  test('is found by path as well as by host, and only by its owner’s account', async () => {
    await create();
    await client('eu-west-1', true).send(new HeadBucketCommand({ Bucket: 'a-bucket', ExpectedBucketOwner: account }));
    const policy = new GetBucketPolicyCommand({ Bucket: 'a-bucket', ExpectedBucketOwner: '111122223333' });
    await expect(client().send(policy)).rejects.toMatchObject(refusal('AccessDenied', 403));
  });

  test('appears in the list with its region, page by page', async () => {
    for (const name of ['bucket-1', 'bucket-2', 'bucket-3']) await create({ Bucket: name });
    const first = await client().send(new ListBucketsCommand({ MaxBuckets: 2, Prefix: 'bucket-' }));
    expect(first.Buckets).toMatchObject([
      { Name: 'bucket-1', BucketRegion: 'eu-west-1', CreationDate: new Date(aws.now) },
      { Name: 'bucket-2' },
    ]);
    const rest = { MaxBuckets: 2, ...(first.ContinuationToken ? { ContinuationToken: first.ContinuationToken } : {}) };
    const second = await client().send(new ListBucketsCommand(rest));
    expect(second.Buckets?.map(({ Name }) => Name)).toEqual(['bucket-3']);
    expect(second.ContinuationToken).toBeUndefined();
  });
});

describe('the settings of a bucket', () => {
  beforeEach(async () => {
    await create();
  });
  const a = { Bucket: 'a-bucket' };

  test('are safe from the start', async () => {
    const s3 = client();
    const blocks = await s3.send(new GetPublicAccessBlockCommand(a));
    expect(blocks.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand(a));
    expect(OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand(a));
    expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
    expect((await s3.send(new GetBucketVersioningCommand(a))).Status).toBeUndefined();
    await expect(s3.send(new GetBucketPolicyCommand(a))).rejects.toMatchObject(refusal('NoSuchBucketPolicy', 404));
    await expect(s3.send(new GetBucketTaggingCommand(a))).rejects.toMatchObject(refusal('NoSuchTagSet', 404));
    await expect(s3.send(new GetBucketLifecycleConfigurationCommand(a))).rejects.toMatchObject(
      refusal('NoSuchLifecycleConfiguration', 404),
    );
  });

  test('come back as they were put', async () => {
    const s3 = client();
    const [tags, rules] = [
      [
        { Key: 'who', Value: 'a <b> & "c"' },
        { Key: 'empty', Value: '' },
      ],
      [
        { ID: 'old', Status: 'Enabled', Filter: { Prefix: 'AWSLogs/' }, Expiration: { Days: 365 } },
        { ID: 'new', Status: 'Disabled', Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 7 } },
      ] as const,
    ];
    const tagged = await s3.send(new PutBucketTaggingCommand({ ...a, Tagging: { TagSet: tags } }));
    expect(tagged.$metadata.httpStatusCode).toBe(204);
    await s3.send(new PutBucketLifecycleConfigurationCommand({ ...a, LifecycleConfiguration: { Rules: [...rules] } }));
    await s3.send(new PutBucketVersioningCommand({ ...a, VersioningConfiguration: { Status: 'Enabled' } }));
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ ...a, OwnershipControls }));
    const SSE = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }] };
    await s3.send(new PutBucketEncryptionCommand({ ...a, ServerSideEncryptionConfiguration: SSE }));
    expect((await s3.send(new GetBucketTaggingCommand(a))).TagSet).toEqual(tags);
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand(a))).Rules).toEqual(rules);
    expect((await s3.send(new GetBucketVersioningCommand(a))).Status).toBe('Enabled');
    expect((await s3.send(new GetBucketOwnershipControlsCommand(a))).OwnershipControls).toEqual(OwnershipControls);
    const encryption = await s3.send(new GetBucketEncryptionCommand(a));
    expect(encryption.ServerSideEncryptionConfiguration).toEqual(SSE);
    await s3.send(new DeleteBucketLifecycleCommand(a));
    await expect(s3.send(new GetBucketLifecycleConfigurationCommand(a))).rejects.toMatchObject(
      refusal('NoSuchLifecycleConfiguration', 404),
    );
  });

  test('refuse a policy that is public, of another bucket, or none at all', async () => {
    const s3 = client();
    const put = (statement: object) => {
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
      return s3.send(new PutBucketPolicyCommand({ ...a, Policy }));
    };
    const mine = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::a-bucket/*' };
    await expect(put({ ...mine, Principal: '*' })).rejects.toMatchObject(refusal('AccessDenied', 403));
    const theirs = { ...mine, Resource: 'arn:aws:s3:::b-bucket/*', Principal: { AWS: account } };
    await expect(put(theirs)).rejects.toMatchObject(refusal('MalformedPolicy', 400));
    await expect(put(mine)).rejects.toMatchObject(refusal('MalformedPolicy', 400));
    await put({ ...mine, Principal: { AWS: account } });
    expect(JSON.parse((await s3.send(new GetBucketPolicyCommand(a))).Policy ?? '')).toMatchObject({
      Statement: [{ ...mine, Principal: { AWS: account } }],
    });
    expect((await s3.send(new GetBucketPolicyStatusCommand(a))).PolicyStatus).toEqual({ IsPublic: false });
    await s3.send(new DeleteBucketPolicyCommand(a));
    await s3.send(new DeletePublicAccessBlockCommand(a));
    await expect(s3.send(new GetPublicAccessBlockCommand(a))).rejects.toMatchObject(
      refusal('NoSuchPublicAccessBlockConfiguration', 404),
    );
    await s3.send(new PutPublicAccessBlockCommand({ ...a, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }));
    await put({ ...mine, Principal: '*' });
  });
});

describe('the protocol', () => {
  test('reads plain XML and refuses everything else', () => {
    expect(readXml('<?xml version="1.0"?>\n<A x="1"><B>1 &lt; 2 &#x41;</B><B/><C><D>x</D></C></A>')).toEqual({
      root: 'A',
      content: { B: ['1 < 2 A', ''], C: { D: 'x' } },
    });
    for (const broken of [
      '',
      'text',
      '<A>',
      '<A></B>',
      '<A><B></A></B>',
      '<A/>x',
      '<A>&bad;</A>',
      '<!DOCTYPE A><A/>',
    ]) {
      expect(() => readXml(broken)).toThrow(AwsError);
    }
  });

  test('knows a bucket in the host from one in the path', () => {
    const request = { method: 'GET', query: { policy: '' }, headers: {}, body: new Uint8Array() };
    const input = { Bucket: 'a.b' };
    for (const host of ['a.b.s3.eu-west-1.amazonaws.com', 'a.b.s3.amazonaws.com', 'a.b.localhost:4599']) {
      expect(restWire.decode({ ...request, path: '/', headers: { host } })).toEqual({
        operation: 'GetBucketPolicy',
        input,
      });
    }
    expect(restWire.decode({ ...request, path: '/a.b', headers: { host: '127.0.0.1:4599' } })?.input).toEqual(input);
    expect(restWire.decode({ ...request, path: '/a.b/some/key', query: {} })?.operation).toBe('GetObject');
    expect(restWire.decode({ ...request, path: '/', query: {} })?.operation).toBe('ListBuckets');
  });
});
