/** A new account is ready when it is active, lets us in, and every service answers; until then we are patient. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Aws, attempt, eventually, makeAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const probes = [
  'organizations:DescribeAccount',
  'sts:GetCallerIdentity',
  'iam:GetAccountSummary',
  'rootless',
  's3:ListBuckets',
  'cloudtrail:DescribeTrails us-east-1',
  'config:DescribeConfigurationRecorders us-east-1',
  'config:DescribeConfigurationRecorders eu-west-1',
];

test('a usable account is ready, with each probe named', async () => {
  const work = await makeAccount(aws);
  expect(await aws.ensures.AwaitReadiness(work, attempt())).toEqual({
    kind: 'fact',
    event: { type: 'AccountReady', probes },
  });
});

test('a role that cannot be assumed yet is patience, more of it once it lasts', async () => {
  await aws.control.setLatencies({ roleAssumableMs: 60_000 });
  const work = await makeAccount(aws);
  const waits = async (tries: number, meanMs: number) => {
    const result = await aws.ensures.AwaitReadiness(work, attempt({ tries }));
    expect(result).toMatchObject({ kind: 'delayed', reason: 'young-account' });
    const ms = result.kind === 'delayed' ? (result.retryAfterMs ?? 0) : 0;
    expect(ms).toBeGreaterThanOrEqual(Math.floor((meanMs * 2) / 3));
    expect(ms).toBeLessThanOrEqual(Math.ceil((meanMs * 4) / 3));
    return ms;
  };
  const first = [await waits(0, 5_000), await waits(0, 5_000), await waits(1, 5_000)];
  // Accounts that were begun together do not all ask together.
  expect(new Set(first).size).toBeGreaterThan(1);
  await waits(25, 10_000);
  await waits(40, 60_000);
});

test('services that do not know the account yet are patience, and where all know it it is ready', async () => {
  await aws.control.setLatencies({ servicesReadyMs: 3_600_000 });
  const unknown = await makeAccount(aws);
  await aws.control.setLatencies({ servicesReadyMs: 0 });
  const known = await makeAccount(aws);
  expect(await aws.ensures.AwaitReadiness(unknown, attempt())).toMatchObject({ reason: 'young-account' });
  expect(await eventually(aws.ensures.AwaitReadiness, known)).toMatchObject({ type: 'AccountReady' });
});

test.each([
  ['iam', 'GetAccountSummary', 'OptInRequired', 403],
  ['iam', 'GetAccountSummary', 'InvalidClientTokenId', 403],
  ['s3', 'ListBuckets', 'NotSignedUp', 403],
  ['s3', 'ListBuckets', 'InvalidAccessKeyId', 403],
  ['cloudtrail', 'DescribeTrails', 'SubscriptionRequiredException', 400],
  ['config', 'DescribeConfigurationRecorders', 'UnrecognizedClientException', 400],
  ['config', 'DescribeConfigurationRecorders', 'AccessDeniedException', 400],
  ['sts', 'GetCallerIdentity', 'RegionDisabledException', 403],
])('%s %s answering %s is patience', async (service, operation, code, status) => {
  const work = await makeAccount(aws);
  // More than once: where the keys of a session are not known, the role is assumed anew and asked once more.
  await aws.control.inject({ kind: 'error', service, operation, code, status, times: 4 });
  expect(await aws.ensures.AwaitReadiness(work, attempt())).toMatchObject({ kind: 'delayed', reason: 'young-account' });
  expect(await eventually(aws.ensures.AwaitReadiness, work)).toMatchObject({ type: 'AccountReady' });
});

test('an account that Organizations does not know yet is patience', async () => {
  const work = { ...(await makeAccount(aws)), accountId: '999999999999' };
  expect(await aws.ensures.AwaitReadiness(work, attempt())).toMatchObject({
    reason: 'young-account',
    call: { operation: 'DescribeAccount', error: 'no state yet' },
  });
});

test('a way in that leads into another account halts for the operator', async () => {
  const [mine, other] = [await makeAccount(aws), await makeAccount(aws)];
  expect(await aws.ensures.AwaitReadiness({ ...mine, wayIn: other.wayIn }, attempt())).toMatchObject({
    event: { type: 'ProvisioningHalted', reason: 'wrong-account', whoMustAct: 'operator' },
  });
});
