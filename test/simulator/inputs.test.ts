/** No setting is dropped in silence: whatever a model of AWS knows and the simulator does not read is refused by name. */
import * as accessAnalyzer from '@aws-sdk/client-accessanalyzer';
import * as account from '@aws-sdk/client-account';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as config from '@aws-sdk/client-config-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as s3Control from '@aws-sdk/client-s3-control';
import * as sns from '@aws-sdk/client-sns';
import * as sts from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator/engine/core.js';
import { inProcess } from '../../src/simulator/engine/request-handler.js';
import { signingTime } from '../../src/simulator/engine/signature.js';
import { aws } from '../../src/simulator/services.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { world } from '../../src/simulator/world/world.js';

const now = Date.UTC(2026, 10, 28);
let simulator: Simulator;

beforeAll(() => {
  simulator = openSimulator({ file: ':memory:' });
});
afterAll(() => simulator.close());

/** Members of an operation's input in the SDK's model, by the name of the operation. */
function modelOf(sdk: object, operation: string): readonly string[] {
  const Command: unknown = Reflect.get(sdk, `${operation}Command`);
  if (typeof Command !== 'function') throw new Error(`The SDK has no ${operation}.`);
  const schema: readonly unknown[] = Reflect.get(Reflect.construct(Command, [{}]), 'schema');
  const input: unknown = typeof schema[4] === 'function' ? schema[4]() : schema[4];
  if (!Array.isArray(input)) return [];
  return input[4] ?? [];
}

const spoken = [
  { name: 'organizations', sdk: organizations, target: 'AWSOrganizationsV20161128' },
  { name: 'sts', sdk: sts, version: '2011-06-15' },
  { name: 'iam', sdk: iam, version: '2010-05-08' },
  { name: 'cloudtrail', sdk: cloudtrail, target: 'CloudTrail_20131101' },
  { name: 'config', sdk: config, target: 'StarlingDoveService' },
  { name: 'ec2', sdk: ec2, version: '2016-11-15' },
  { name: 'sns', sdk: sns, version: '2010-03-31' },
] as const;

/** Sends one member with a value that nobody would take for the usual. */
function answerTo(service: (typeof spoken)[number], operation: string, member: string): string {
  const signed = {
    authorization: `AWS4-HMAC-SHA256 Credential=${world.key.accessKeyId}/20261128/us-east-1/${service.name}/aws4_request`,
    'x-amz-date': signingTime(now),
  };
  const [headers, body] =
    'target' in service
      ? [{ ...signed, 'x-amz-target': `${service.target}.${operation}` }, JSON.stringify({ [member]: 'something' })]
      : [signed, `Action=${operation}&Version=${service.version}&${member}=something`];
  return simulator.handle({ method: 'POST', path: '/', query: {}, headers, body: Buffer.from(body) }, now).response
    .body;
}

describe.each(spoken)('$name', (service) => {
  const { inputs = {}, operations = {} } = aws.services.find(({ name }) => name === service.name) ?? {};

  test('has the members of each operation that it knows, and of no other', () => {
    expect(Object.keys(inputs).sort()).toEqual(Object.keys(operations).sort());
  });

  test('reads members that the model has', () => {
    for (const [operation, members] of Object.entries(inputs)) {
      const model = modelOf(service.sdk, operation);
      const names = [...new Set(members.map((path) => path.split('.')[0]))].filter(
        (name) => name !== 'RecursiveLogging',
      );
      expect({ operation, strangers: names.filter((name) => !model.includes(name ?? '')) }).toEqual({
        operation,
        strangers: [],
      });
    }
  });

  test('refuses by name what the model has and it does not read', () => {
    for (const [operation, members] of Object.entries(inputs)) {
      const known = members.map((path) => path.split('.')[0]);
      for (const member of modelOf(service.sdk, operation).filter((name) => !known.includes(name))) {
        expect(answerTo(service, operation, member)).toContain(`${operation}: the member ${member} is not simulated.`);
      }
    }
  });
});

/** Services whose members stand in paths and headers. */
const byPath = [
  { name: 'access-analyzer', sdk: accessAnalyzer },
  { name: 'account', sdk: account },
  { name: 's3-control', sdk: s3Control },
] as const;

test.each(byPath)(
  '$name has and reads the members of each operation that it knows, and of no other',
  ({ name, sdk }) => {
    const { inputs = {}, operations = {} } = aws.services.find((service) => service.name === name) ?? {};
    expect(Object.keys(inputs).sort()).toEqual(Object.keys(operations).sort());
    for (const [operation, members] of Object.entries(inputs)) {
      const model = modelOf(sdk, operation);
      const names = members.map((path) => path.split('.')[0] ?? '');
      expect({ operation, strangers: names.filter((member) => !model.includes(member)) }).toEqual({
        operation,
        strangers: [],
      });
    }
  },
);

test('what the account is asked of another is refused by name', async () => {
  const client = new account.AccountClient({
    region: 'us-east-1',
    credentials: world.key,
    maxAttempts: 1,
    requestHandler: inProcess(simulator, () => now),
  });
  const asked = client.send(
    new account.GetAlternateContactCommand({ AlternateContactType: 'SECURITY', AccountId: '111122223333' }),
  );
  await expect(asked).rejects.toMatchObject({
    message: expect.stringContaining('the member AccountId is not simulated'),
  });
});

describe('s3', () => {
  const client = () =>
    new s3.S3Client({
      region: 'eu-west-1',
      credentials: world.key,
      maxAttempts: 1,
      requestHandler: inProcess(simulator, () => now),
    });
  const Bucket = 'strict-bucket';
  const refused = (member: string) => ({
    name: 'UnsupportedBySimulator',
    message: expect.stringContaining(`the member ${member} is not simulated`),
  });

  beforeAll(async () => {
    await client().send(new s3.CreateBucketCommand({ Bucket }));
  });

  test('has the members of each operation that it knows, and of no other', () => {
    const { inputs = {}, operations = {} } = aws.services.find(({ name }) => name === 's3') ?? {};
    expect(Object.keys(inputs).sort()).toEqual(Object.keys(operations).sort());
  });

  test.each<[string, object]>([
    ['x-amz-grant-full-control', { GrantFullControl: 'id=abc' }],
    ['x-amz-grant-read', { GrantRead: 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' }],
    [
      'CreateBucketConfiguration.Location',
      { CreateBucketConfiguration: { Location: { Type: 'LocalZone', Name: 'a' } } },
    ],
    ['CreateBucketConfiguration.Tags', { CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: 'b' }] } }],
  ])('CreateBucket refuses %s', async (member, input) => {
    const asked = client().send(new s3.CreateBucketCommand({ Bucket: 'another-bucket', ...input }));
    await expect(asked).rejects.toMatchObject(refused(member));
  });

  test('settings that would be dropped are refused, settings that are off are not', async () => {
    const versioned = { Status: 'Enabled', MFADelete: 'Enabled' } as const;
    await expect(
      client().send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: versioned, MFA: '1 2' })),
    ).rejects.toMatchObject(refused('x-amz-mfa'));
    await expect(
      client().send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: versioned })),
    ).rejects.toMatchObject(refused('VersioningConfiguration.MfaDelete'));
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${Bucket}` },
    });
    const put = (ConfirmRemoveSelfBucketAccess: boolean) =>
      client().send(new s3.PutBucketPolicyCommand({ Bucket, Policy, ConfirmRemoveSelfBucketAccess }));
    await expect(put(true)).rejects.toMatchObject(refused('x-amz-confirm-remove-self-bucket-access'));
    expect((await put(false)).$metadata.httpStatusCode).toBe(204);
  });

  test.each([
    [{ ACL: 'public-read' }, 'InvalidBucketAclWithObjectOwnership', 400],
    [{ ACL: 'public-read', ObjectOwnership: 'BucketOwnerEnforced' }, 'InvalidBucketAclWithObjectOwnership', 400],
    [{ ACL: 'public-read-write', ObjectOwnership: 'ObjectWriter' }, 'AccessDenied', 403],
    [{ ACL: 'bucket-owner-full-control' }, 'InvalidArgument', 400],
  ])('a new bucket with %j is refused', async (input, name, httpStatusCode) => {
    const asked = client().send(new s3.CreateBucketCommand({ Bucket: 'public-bucket', ...(input as object) }));
    await expect(asked).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  test('a new bucket takes the private ACL, which is what it has anyway', async () => {
    const made = await client().send(new s3.CreateBucketCommand({ Bucket: 'private-bucket', ACL: 'private' }));
    expect(made.Location).toBe('/private-bucket');
  });

  test('calls that are not simulated are counted under their own names', async () => {
    await expect(client().send(new s3.GetBucketCorsCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotImplemented',
    });
    await expect(client().send(new s3.DeleteBucketWebsiteCommand({ Bucket }))).rejects.toThrow();
    await expect(client().send(new s3.GetBucketAclCommand({ Bucket }))).rejects.toThrow();
    await expect(client().send(new s3.ListObjectsV2Command({ Bucket }))).rejects.toThrow();
    const { response } = simulator.handle(
      { method: 'GET', path: '/_simulator/unknown-operations', query: {}, headers: {}, body: new Uint8Array() },
      now,
    );
    const counted: { operation: string }[] = JSON.parse(response.body);
    expect(counted.map(({ operation }) => operation)).toEqual([
      'DeleteBucketWebsite',
      'GetBucketAcl',
      'GetBucketCors',
      'ListObjectsV2',
    ]);
  });
});
