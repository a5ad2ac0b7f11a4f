/** The simulator's core under the real SDK clients in this process: who may call, faults, records, ids. */
import { CloudTrailClient, DescribeTrailsCommand, ListImportsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListOpenIDConnectProvidersCommand,
} from '@aws-sdk/client-iam';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RecordedCall } from '../../../src/simulator/engine/calls.js';
import type { Simulator, WireRequest } from '../../../src/simulator/engine/core.js';
import type { FaultRequest } from '../../../src/simulator/engine/faults.js';
import { instantLatencies } from '../../../src/simulator/engine/latencies.js';
import { inProcess } from '../../../src/simulator/engine/request-handler.js';
import { signingTime } from '../../../src/simulator/engine/signature.js';
import { openSimulator } from '../../../src/simulator/simulator.js';

const start = Date.parse('2026-11-24T00:00:00.000Z');
const automation = '210987654321';
let simulator: Simulator;
let now: number;
let waits: number[];

beforeEach(() => {
  simulator = openSimulator({ file: ':memory:', latencies: instantLatencies });
  now = start;
  waits = [];
});

afterEach(() => simulator.close());

function settings(accessKeyId = 'ASIASIMULATOR00000001') {
  const wait = async (ms: number) => waits.push(ms);
  return {
    region: 'eu-west-1',
    endpoint: 'http://simulator.invalid',
    credentials: { accessKeyId, secretAccessKey: 'simulator-secret' },
    maxAttempts: 1,
    requestHandler: inProcess(simulator, () => now, wait),
  };
}

const iam = () => new IAMClient(settings());
const getUser = (UserName = 'ann') => iam().send(new GetUserCommand({ UserName }));
const createUser = (UserName = 'ann') => iam().send(new CreateUserCommand({ UserName }));

function ask<T>(method: string, path: string, body?: unknown, headers: WireRequest['headers'] = {}) {
  const [plain = '', query = ''] = path.split('?');
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const request = { method, path: plain, query: Object.fromEntries(new URLSearchParams(query)), headers, body: bytes };
  const { response } = simulator.handle(request, now);
  return { status: response.status, body: response.body, value: () => JSON.parse(response.body) as T };
}

const calls = (query = '') => ask<RecordedCall[]>('GET', `/_simulator/calls${query}`).value();
const inject = (fault: Partial<FaultRequest>) => expect(ask('POST', '/_simulator/faults', fault).status).toBe(200);

test('answers who the caller is, in the account of the key', async () => {
  const identity = await new STSClient(settings()).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    Account: automation,
    Arn: `arn:aws:sts::${automation}:assumed-role/PartnerCloudAutomation/partner-cloud`,
  });
});

test('refuses an unknown key in the words of each service', async () => {
  const stranger = settings('AKIASTRANGER');
  await expect(new STSClient(stranger).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(new OrganizationsClient(stranger).send(new ListAccountsCommand({}))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    $metadata: { httpStatusCode: 400 },
  });
  await expect(new S3Client(stranger).send(new ListBucketsCommand({}))).rejects.toMatchObject({
    name: 'InvalidAccessKeyId',
    $metadata: { httpStatusCode: 403 },
  });
});

const signed = (service: string, at: number) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=ASIASIMULATOR00000001/20261124/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  'x-amz-date': signingTime(at),
});

test('refuses a signature more than five minutes off its clock, for S3 fifteen', () => {
  const minute = 60_000;
  expect(ask('POST', '/', undefined, signed('sts', start - 5 * minute)).body).toContain('MissingAction');
  const late = ask('POST', '/', undefined, signed('sts', start - 6 * minute));
  expect(late.status).toBe(403);
  expect(late.body).toContain('<Code>SignatureDoesNotMatch</Code>');
  expect(late.body).toContain(
    'Signature expired: 20261123T235400Z is now earlier than 20261123T235500Z (20261124T000000Z - 5 min.)',
  );
  const early = ask(
    'POST',
    '/',
    {},
    { ...signed('organizations', start + 6 * minute), 'x-amz-target': 'AWSOrganizationsV20161128.ListRoots' },
  );
  expect(early.value()).toEqual({
    __type: 'InvalidSignatureException',
    message:
      'Signature not yet current: 20261124T000600Z is still later than 20261124T000500Z (20261124T000000Z + 5 min.)',
  });
  expect(ask('GET', '/', undefined, signed('s3', start - 14 * minute)).status).toBe(200);
  expect(ask('GET', '/', undefined, signed('s3', start - 16 * minute)).body).toContain('RequestTimeTooSkewed');
});

test.each([
  ['JSON', 'AWSOrganizationsV20161128.ListRoots', '', 400, /"__type":"MissingAuthenticationTokenException"/],
  [
    'Query of IAM',
    '',
    'Action=ListUsers&Version=2010-05-08',
    403,
    /xmlns="https:\/\/iam.*<Code>MissingAuthenticationToken</,
  ],
  [
    'Query of STS',
    '',
    'Action=GetCallerIdentity&Version=2011-06-15',
    403,
    /xmlns="https:\/\/sts.*<Code>MissingAuthenticationToken</,
  ],
  ['S3', '', undefined, 403, /<Error><Code>AccessDenied<\/Code>/],
])(
  'a call without a signature is refused in its own protocol, and recorded: %s',
  (_protocol, target, form, status, words) => {
    const headers = {
      ...(target === '' ? {} : { 'x-amz-target': target }),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    };
    const request = {
      method: form === undefined ? 'GET' : 'POST',
      path: '/',
      query: {},
      headers,
      body: Buffer.from(form ?? ''),
    };
    const { response } = simulator.handle(request, now);
    expect(response).toMatchObject({ status, body: expect.stringMatching(words) });
    expect(calls()).toMatchObject([{ status, account: '', principal: '' }]);
  },
);

test('refuses half a signature, and a request without one that is no page', () => {
  const target = { 'x-amz-target': 'AWSOrganizationsV20161128.ListRoots' };
  const half = ask('POST', '/', {}, { ...target, authorization: 'AWS4-HMAC-SHA256 Credential=AKID' });
  expect(half.status).toBe(400);
  expect(half.value()).toMatchObject({ __type: 'IncompleteSignature' });
  expect(ask('POST', '/', {}).status).toBe(403);
  expect(ask('GET', '/', undefined, { accept: 'text/html' }).body).toContain('<h1>AWS simulator</h1>');
});

test('counts operations and services it does not know, and answers them as AWS does', async () => {
  await expect(iam().send(new ListOpenIDConnectProvidersCommand({}))).rejects.toMatchObject({ name: 'InvalidAction' });
  const trail = new CloudTrailClient(settings());
  await expect(trail.send(new ListImportsCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });
  await expect(trail.send(new ListImportsCommand({}))).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  const form = { ...signed('ec2', now), 'content-type': 'application/x-www-form-urlencoded' };
  const { response } = simulator.handle(
    {
      method: 'POST',
      path: '/',
      query: {},
      headers: form,
      body: Buffer.from('Action=DescribeVpcs&Version=2016-11-15'),
    },
    now,
  );
  expect(response.body).toContain('<Code>InvalidAction</Code>');
  expect(ask('GET', '/_simulator/unknown-operations').value()).toEqual([
    { service: 'cloudtrail', operation: 'ListImports', times: 2 },
    { service: 'ec2', operation: 'DescribeVpcs', times: 1 },
    { service: 'iam', operation: 'ListOpenIDConnectProviders', times: 1 },
  ]);
});

test('records every call with its outcome and finds it by operation and account', async () => {
  await createUser();
  await expect(createUser()).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
  await getUser();
  const [made, refused] = calls('?operation=CreateUser&account=210987654321');
  expect(made).toMatchObject({
    at: '2026-11-24T00:00:00.000Z',
    service: 'iam',
    account: automation,
    region: 'eu-west-1',
    principal: `arn:aws:sts::${automation}:assumed-role/PartnerCloudAutomation/partner-cloud`,
    input: { UserName: 'ann' },
    status: 200,
  });
  expect(refused).toMatchObject({ status: 409, error: 'EntityAlreadyExists' });
  expect(calls('?service=iam')).toHaveLength(3);
  expect(calls('?account=111122223333')).toEqual([]);
});

test('the same history has the same ids, also after it was opened again', async () => {
  const first = [(await createUser('ann')).User?.UserId, (await createUser('bob')).User?.UserId];
  expect(new Set(first).size).toBe(2);
  const ids = calls().map(({ requestId }) => requestId);
  simulator.close();
  simulator = openSimulator({ file: ':memory:', latencies: instantLatencies });
  expect([(await createUser('ann')).User?.UserId, (await createUser('bob')).User?.UserId]).toEqual(first);
  expect(calls().map(({ requestId }) => requestId)).toEqual(ids);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('throttles as the service does, as often as asked', async () => {
  inject({ kind: 'throttle', service: 'organizations', operation: 'ListAccounts', times: 2 });
  inject({ kind: 'throttle', service: 's3', operation: '*' });
  inject({ kind: 'throttle', service: 'cloudtrail', operation: 'DescribeTrails' });
  inject({ kind: 'throttle', service: 'iam', operation: 'GetUser' });
  const organizations = new OrganizationsClient(settings());
  for (const _ of [1, 2]) {
    await expect(organizations.send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 400 },
    });
  }
  await expect(organizations.send(new ListAccountsCommand({}))).rejects.toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
  });
  await expect(new S3Client(settings()).send(new ListBucketsCommand({}))).rejects.toMatchObject({
    name: 'SlowDown',
    $metadata: { httpStatusCode: 503 },
  });
  await expect(new CloudTrailClient(settings()).send(new DescribeTrailsCommand({}))).rejects.toMatchObject({
    name: 'ThrottlingException',
  });
  await expect(getUser()).rejects.toMatchObject({ name: 'Throttling', message: 'Rate exceeded' });
});

test('answers with an error instead of acting: the service’s own, or the one that was asked for', async () => {
  inject({ kind: 'error', service: 'iam', operation: 'CreateUser' });
  inject({
    kind: 'error',
    service: 'iam',
    operation: 'CreateUser',
    code: 'LimitExceeded',
    status: 409,
    message: 'Enough.',
  });
  await expect(createUser()).rejects.toMatchObject({ Code: 'ServiceFailure', $metadata: { httpStatusCode: 500 } });
  await expect(createUser()).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Enough.',
    $metadata: { httpStatusCode: 409 },
  });
  await expect(getUser()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  expect(calls('?operation=CreateUser').map(({ fault, status }) => ({ fault, status }))).toEqual([
    { fault: 'error', status: 500 },
    { fault: 'error', status: 409 },
  ]);
});

test('drops an answer after acting, or the request before', async () => {
  inject({ kind: 'drop-before', service: 'iam', operation: 'CreateUser' });
  await expect(createUser()).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(getUser()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  inject({ kind: 'drop', service: 'iam', operation: 'CreateUser' });
  await expect(createUser()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await getUser()).User).toMatchObject({ UserName: 'ann' });
});

test('holds an answer back after acting, on top of what every call takes', async () => {
  ask('PUT', '/_simulator/latencies', { callMs: 30 });
  inject({ kind: 'delay', service: 'iam', operation: '*', delayMs: 200 });
  await createUser();
  await getUser();
  expect(waits).toEqual([230, 30]);
});

test('strikes only the callers of the account that the fault names', async () => {
  inject({ kind: 'throttle', service: '*', operation: '*', account: '111122223333' });
  await createUser();
  inject({ kind: 'throttle', service: '*', operation: '*', account: automation });
  await expect(getUser()).rejects.toMatchObject({ name: 'Throttling' });
  expect(ask('GET', '/_simulator/faults').value()).toMatchObject([{ account: '111122223333', times: 1 }]);
});

test('the SDK’s own retries get through a passing fault', async () => {
  inject({ kind: 'drop-before', service: 'iam', operation: '*', times: 2 });
  const { AccountAliases } = await new IAMClient({ ...settings(), maxAttempts: 3 }).send(
    new ListAccountAliasesCommand({}),
  );
  expect(AccountAliases).toEqual([]);
});
