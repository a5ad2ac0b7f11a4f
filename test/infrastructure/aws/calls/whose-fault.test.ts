/** The same name of an error means youth, a fault of the set-up, a session that ended or an account at its end, by whose call it is. */

import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { CloseAccountCommand, ListRootsCommand } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AccountWork, Ensure } from '../../../../src/application/ports/ensures.js';
import {
  type Aws,
  attempt,
  creation,
  eventually,
  makeAccount,
  makeHardenedAccount,
  startAws,
} from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const error = { kind: 'error', status: 403 } as const;
const own = { ...error, service: 'sts', operation: 'AssumeRole', account: '210987654321' } as const;

/** What a step says after it has failed a few times. */
async function told<W>(ensure: Ensure<W>, work: W) {
  for (const tries of [0, 1, 2]) await ensure(work, attempt({ tries }));
  return ensure(work, attempt({ tries: 3 }));
}

test('a region that is switched off for our own account is no young account, and shows in readiness until it is mended', async () => {
  const message = 'STS is not activated in this region for account:210987654321.';
  const fault = await aws.control.inject({ ...own, code: 'RegionDisabledException', message, times: 99 });
  const { ensures, access } = aws.restarted();
  const work = creation();
  expect(await told(ensures.CreateAccount, work)).toMatchObject({
    kind: 'delayed',
    reason: 'aws-set-up',
    words: expect.stringContaining('STS AssumeRole in us-east-1'),
    advice: expect.stringContaining('our own account or a payer'),
    call: {
      service: 'STS',
      region: 'us-east-1',
      error: expect.stringMatching(/our own account 210987654321 in us-east-1: RegionDisabled/),
    },
  });
  expect(access.health.degraded()).toBe(
    'our own account 210987654321: AssumeRole in us-east-1 ended with RegionDisabled',
  );
  await aws.control.withdrawFaults(fault);
  expect(await eventually(ensures.CreateAccount, work)).toMatchObject({ type: 'AccountCreationRequested' });
  expect(access.health.degraded()).toBeUndefined();
});

test.each(['OptInRequired', 'SubscriptionRequiredException', 'AuthFailure', 'UnrecognizedClientException'])(
  '%s on a call of a payer is the set-up of the payer',
  async (code) => {
    const work = await makeAccount(aws);
    await aws.control.inject({ ...error, service: 'organizations', operation: 'ListParents', code, times: 99 });
    expect(await told(aws.ensures.LinkPayer, work)).toMatchObject({
      reason: 'aws-set-up',
      call: { service: 'Organizations', error: expect.stringContaining('payer payer-1 (111122223333) in us-east-1') },
    });
  },
);

test('youth is believed of an account that was made lately, and of no other', async () => {
  const work = await makeAccount(aws);
  const optIn = { ...error, code: 'OptInRequired', service: 'iam', operation: 'GetRole', times: 99 } as const;
  await aws.control.inject(optIn);
  expect(await told(aws.ensures.AutomationAccess, work)).toMatchObject({ reason: 'young-account' });
  const aMonthLater = () => Date.now() + 30 * 24 * 3_600_000;
  const { ensures } = aws.restarted({ now: aMonthLater });
  expect(await told(ensures.AutomationAccess, work)).toMatchObject({
    reason: 'account-not-served',
    call: { error: expect.stringContaining('is ACTIVE and not new') },
  });
});

test.each(['ExpiredToken', 'InvalidClientTokenId'])(
  'a session that AWS has ended (%s) is assumed once again',
  async (code) => {
    const { organizations } = aws.access.payer('payer-1');
    await organizations.send(new ListRootsCommand({}));
    const assumed = async () => (await aws.control.calls({ operation: 'AssumeRole' })).length;
    const before = await assumed();
    await aws.control.inject({ ...error, service: 'organizations', operation: 'ListRoots', code });
    expect((await organizations.send(new ListRootsCommand({}))).Roots).toHaveLength(1);
    expect(await assumed()).toBe(before + 1);
  },
);

test('calls under way together drop an ended session once', async () => {
  const work = await makeAccount(aws);
  const { iam } = aws.access.account(work, 'way-in');
  const look = () => iam.send(new GetAccountSummaryCommand({}));
  await look();
  const before = (await aws.control.calls({ operation: 'AssumeRole' })).length;
  await aws.control.inject({
    ...error,
    service: 'iam',
    operation: 'GetAccountSummary',
    code: 'ExpiredToken',
    times: 4,
  });
  await Promise.all([look(), look(), look(), look()]);
  expect((await aws.control.calls({ operation: 'AssumeRole' })).length).toBe(before + 1);
});

test('a new session that is called expired at once is told as a fault of the set-up, and not as missing credentials', async () => {
  const work = await makeAccount(aws);
  await aws.control.inject({
    ...error,
    service: 'organizations',
    operation: 'ListParents',
    code: 'ExpiredToken',
    times: 99,
  });
  expect(await told(aws.ensures.LinkPayer, work)).toMatchObject({
    reason: 'aws-set-up',
    call: { error: expect.stringContaining('that was assumed a moment ago: ExpiredToken') },
  });
});

const close = async ({ payerId, accountId }: AccountWork) => {
  await aws.access.payer(payerId).organizations.send(new CloseAccountCommand({ AccountId: accountId }));
};

test('an account that was closed on the way halts at once as closed, by whatever step meets it', async () => {
  const work = await makeAccount(aws);
  await close(work);
  const { ensures } = aws.restarted();
  for (const step of ['AwaitReadiness', 'AutomationAccess', 'PasswordPolicy', 'AuditTrail'] as const)
    expect(await eventually(ensures[step], work)).toMatchObject({
      type: 'ProvisioningHalted',
      step,
      reason: 'account-closed',
      whoMustAct: 'operator',
      words: expect.stringContaining('AWS Support can reopen it'),
    });
});

test('no credentials are issued in an account that is closing, though a session from before still works', async () => {
  const work = await makeHardenedAccount(aws);
  await close(work);
  const issue = { ...work, generation: 1, resetMfa: false };
  expect(await aws.ensures.IssueCredentials(issue, attempt())).toMatchObject({
    event: { reason: 'account-closed', call: { operation: 'DescribeAccount' } },
  });
});

test('an account that AWS has suspended lives: it has a reason of its own, and goes on once it is reinstated', async () => {
  const work = await makeAccount(aws);
  await aws.control.setAccountState(work.accountId, 'SUSPENDED');
  const suspended = { reason: 'account-suspended', words: expect.stringContaining('AWS Support') };
  expect(await eventually(aws.restarted().ensures.AwaitReadiness, work)).toMatchObject(suspended);
  expect(await eventually(aws.restarted().ensures.AutomationAccess, work)).toMatchObject(suspended);
  await aws.control.setAccountState(work.accountId, 'ACTIVE');
  expect(await eventually(aws.ensures.AwaitReadiness, work)).toMatchObject({ type: 'AccountReady' });
});

test('an active provider does not halt for an account at its end: what was seen is recorded', async () => {
  const work = await makeHardenedAccount(aws);
  await aws.control.setAccountState(work.accountId, 'SUSPENDED');
  const settle = {
    ...{ ...work, generation: 1, resetMfa: false, mfaSeen: false },
    issuedAt: new Date().toISOString(),
    expiresAt: '2099-01-01T00:00:00.000Z',
  };
  expect(await eventually(aws.restarted().ensures.SettleCredentials, settle)).toEqual({
    type: 'AccountStateObserved',
    state: 'SUSPENDED',
  });
});
