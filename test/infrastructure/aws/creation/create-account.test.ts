/** Exactly one account, whatever answers are lost, failures AWS reports, or restarts happen on the way. */

import { CloseAccountCommand, CreateAccountCommand, TagResourceCommand } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CreateAccountWork } from '../../../../src/application/ports/ensures.js';
import {
  type Aws,
  attempt,
  creation,
  eventOf,
  eventually,
  firstPayer,
  following,
  resumed,
  startAws,
} from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const accountsOf = async ({ rootEmail }: CreateAccountWork) =>
  (await aws.control.accounts()).filter(({ email }) => email === rootEmail);
const creations = () => aws.control.calls({ operation: 'CreateAccount' });
const minutes = 60_000;

test('an account is asked for once, then reported with the way in', async () => {
  const work = creation();
  const requested = eventOf(await aws.ensures.CreateAccount(work, attempt()));
  expect(requested).toMatchObject({ type: 'AccountCreationRequested', payerId: 'payer-1' });
  const { requestId } = requested as { requestId: string };
  const mine = following(work, { kind: 'fact', event: requested });
  const created = eventOf(await aws.ensures.CreateAccount(mine, attempt()));
  const [account] = await accountsOf(work);
  expect(created).toEqual({
    type: 'AccountCreated',
    accountId: account?.id,
    payerId: 'payer-1',
    how: requestId,
    access: { roleArn: `arn:aws:iam::${account?.id}:role/OrganizationAccountAccessRole` },
  });
  expect(account?.tags).toContainEqual({ Key: 'partner-cloud:provider', Value: work.providerId });
  const [call] = await creations();
  expect(call?.input).not.toHaveProperty('IamUserAccessToBilling', 'DENY');
});

test('a creation in progress is waited for and not asked for again', async () => {
  await aws.control.setLatencies({ createAccountMs: 10 * minutes });
  const work = creation();
  const requested = eventOf(await aws.ensures.CreateAccount(work, attempt()));
  const again = eventOf(await aws.restarted().ensures.CreateAccount(work, attempt()));
  expect(again).toEqual(requested);
  const mine = following(work, { kind: 'fact', event: requested });
  expect(await aws.ensures.CreateAccount(mine, attempt())).toMatchObject({ kind: 'later' });
  expect(await creations()).toHaveLength(1);
});

test('a request that is found by its name alone is ours only if its account bears our e-mail', async () => {
  await aws.control.setLatencies({ createAccountMs: 100 });
  const work = creation();
  const byHand = new CreateAccountCommand({ Email: 'by-hand@vend.example', AccountName: work.accountName });
  await aws.access.payer('payer-1').organizations.send(byHand);
  const theirs = following(work, await aws.ensures.CreateAccount(work, attempt()));
  const halt = await eventually(aws.ensures.CreateAccount, theirs);
  const call = { operation: 'DescribeAccount' };
  expect(halt).toMatchObject({ type: 'ProvisioningHalted', reason: 'account-not-ours', call });
  expect(JSON.stringify(halt)).not.toContain('by-hand');
  const asked = await eventually(aws.ensures.CreateAccount, resumed(theirs));
  const ours = following(resumed(theirs), { kind: 'fact', event: asked });
  expect(await eventually(aws.ensures.CreateAccount, ours)).toMatchObject({ type: 'AccountCreated' });
  expect(await accountsOf(work)).toHaveLength(1);
});

test('the account of a request is looked at only where our own call was not answered with it', async () => {
  const looks = async () => (await aws.control.calls({ operation: 'DescribeAccount' })).length;
  const work = creation();
  const mine = following(work, await aws.ensures.CreateAccount(work, attempt()));
  const created = eventOf(await aws.ensures.CreateAccount(mine, attempt()));
  expect(await looks()).toBe(0);
  expect(eventOf(await aws.restarted().ensures.CreateAccount(mine, attempt()))).toEqual(created);
  expect(await looks()).toBe(1);
});

test('an answer lost while AWS still works is found again as the creation in progress', async () => {
  await aws.control.setLatencies({ createAccountMs: 10 * minutes });
  await aws.control.inject({ kind: 'drop', service: 'organizations', operation: 'CreateAccount' });
  const work = creation();
  expect(await aws.ensures.CreateAccount(work, attempt())).toMatchObject({ kind: 'later' });
  expect(eventOf(await aws.ensures.CreateAccount(work, attempt()))).toMatchObject({ type: 'AccountCreationRequested' });
  expect(await creations()).toHaveLength(1);
});

test('an account made by a call whose answer was lost is adopted by its e-mail and tag', async () => {
  await aws.control.inject({ kind: 'drop', service: 'organizations', operation: 'CreateAccount' });
  const work = creation();
  const created = await eventually(aws.ensures.CreateAccount, work);
  expect(created).toMatchObject({ type: 'AccountCreated', how: 'adopted', payerId: 'payer-1' });
  expect(await accountsOf(work)).toHaveLength(1);
  expect(await creations()).toHaveLength(1);
});

test('after a restart a lost success shows as EMAIL_ALREADY_EXISTS and is adopted', async () => {
  const work = creation();
  await aws.ensures.CreateAccount(work, attempt());
  const { ensures } = aws.restarted();
  const mine = following(work, await ensures.CreateAccount(work, attempt()));
  const created = await eventually(ensures.CreateAccount, mine);
  expect(created).toMatchObject({ type: 'AccountCreated', how: 'adopted' });
  expect(await accountsOf(work)).toHaveLength(1);
});

test('a lost success is adopted in the payer that made it, also after another was assigned', async () => {
  const first = creation('payer-1');
  await aws.ensures.CreateAccount(first, attempt());
  const moved = { ...first, payerId: 'payer-2', payersTried: ['payer-1', 'payer-2'] };
  const mine = following(moved, await aws.ensures.CreateAccount(moved, attempt()));
  const created = await eventually(aws.ensures.CreateAccount, mine);
  expect(created).toMatchObject({ type: 'AccountCreated', how: 'adopted', payerId: 'payer-1' });
  expect(await accountsOf(first)).toMatchObject([{ organization: firstPayer }]);
});

test('a call that never arrived is repeated only after AWS had time to show what it might have made', async () => {
  await aws.control.inject({ kind: 'drop-before', service: 'organizations', operation: 'CreateAccount' });
  const work = creation();
  const now = Date.now();
  expect(await aws.ensures.CreateAccount(work, attempt({ now }))).toMatchObject({ kind: 'later' });
  expect(await aws.ensures.CreateAccount(work, attempt({ now: now + 10_000 }))).toMatchObject({ kind: 'later' });
  expect(await creations()).toHaveLength(1);
  const late = eventOf(await aws.ensures.CreateAccount(work, attempt({ now: now + 61_000 })));
  expect(late).toMatchObject({ type: 'AccountCreationRequested' });
});

test('a call that never arrived is not repeated on a list that was begun too early to show what it made', async () => {
  await aws.control.inject({ kind: 'drop-before', service: 'organizations', operation: 'CreateAccount' });
  const work = creation();
  const now = Date.now();
  await aws.ensures.CreateAccount(work, attempt({ now }));
  await aws.control.inject({ kind: 'drop-before', service: 'organizations', operation: 'ListAccounts', times: 3 });
  const after = (ms: number) => aws.ensures.CreateAccount(work, attempt({ now: now + ms, tries: 1 }));
  expect(await after(10_000)).toMatchObject({ kind: 'later', call: { operation: 'ListAccounts' } });
  expect(await after(61_000)).toMatchObject({ kind: 'later', call: { operation: 'CreateAccount' } });
  expect(await creations()).toHaveLength(1);
  expect(eventOf(await after(63_000))).toMatchObject({ type: 'AccountCreationRequested' });
});

test('a fault of AWS is a lost answer, and the SDK does not repeat the call by itself', async () => {
  await aws.control.inject({ kind: 'error', service: 'organizations', operation: 'CreateAccount' });
  expect(await aws.ensures.CreateAccount(creation(), attempt())).toMatchObject({ kind: 'later' });
  expect(await creations()).toHaveLength(1);
});

test('another account with our e-mail and no tag of ours halts for a person, and a young one is waited for', async () => {
  const other = creation();
  await eventually(aws.ensures.CreateAccount, other);
  const [taken] = await accountsOf(other);
  const work = { ...creation(), rootEmail: other.rootEmail };
  const mine = following(work, await aws.ensures.CreateAccount(work, attempt()));
  const { organizations } = aws.access.payer('payer-1');
  expect(await aws.ensures.CreateAccount(mine, attempt())).toMatchObject({
    event: { type: 'ProvisioningHalted', reason: 'email-taken', whoMustAct: 'operator' },
  });
  const Tags = [{ Key: 'partner-cloud:provider', Value: work.providerId }];
  await organizations.send(new TagResourceCommand({ ResourceId: taken?.id, Tags }));
  const adopted = eventOf(await aws.restarted().ensures.CreateAccount(resumed(mine), attempt()));
  expect(adopted).toMatchObject({ type: 'AccountCreated', accountId: taken?.id, how: 'adopted' });
});

test('an untagged account with our e-mail is waited for while it is young', async () => {
  const work = creation();
  const input = { Email: work.rootEmail, AccountName: 'made by hand' };
  await aws.access.payer('payer-2').organizations.send(new CreateAccountCommand(input));
  const tried = { ...work, payersTried: ['payer-2', 'payer-1'] };
  const mine = following(tried, await aws.ensures.CreateAccount(tried, attempt()));
  expect(await aws.ensures.CreateAccount(mine, attempt())).toMatchObject({
    kind: 'delayed',
    reason: 'owner-tag-awaited',
    call: { operation: 'CreateAccount', error: 'EMAIL_ALREADY_EXISTS' },
  });
  const muchLater = attempt({ now: Date.now() + 16 * minutes });
  expect(await aws.ensures.CreateAccount(mine, muchLater)).toMatchObject({ event: { reason: 'email-taken' } });
  const again = await aws.restarted().ensures.CreateAccount(resumed(mine), muchLater);
  expect(again).toMatchObject({
    event: { reason: 'email-taken', call: { operation: 'ListTagsForResource', error: 'partner-cloud:provider: none' } },
  });
});

test('an account of ours that AWS has closed since is not adopted', async () => {
  const work = creation();
  const { organizations } = aws.access.payer('payer-1');
  const created = await eventually(aws.ensures.CreateAccount, work);
  expect(created).toMatchObject({ type: 'AccountCreationRequested' });
  const [account] = await accountsOf(work);
  await organizations.send(new CloseAccountCommand({ AccountId: account?.id }));
  const { ensures } = aws.restarted();
  const mine = following(work, await ensures.CreateAccount(work, attempt()));
  expect(await ensures.CreateAccount(mine, attempt())).toMatchObject({ event: { reason: 'account-closed' } });
});

test('throttling and faults of reads are waits, told only when they last', async () => {
  const fault = { kind: 'throttle', service: 'organizations', operation: 'ListCreateAccountStatus' } as const;
  await aws.control.inject({ ...fault, times: 12 });
  const work = creation();
  for (const tries of [0, 1, 2])
    expect(await aws.ensures.CreateAccount(work, attempt({ tries }))).toMatchObject({ kind: 'later' });
  expect(await aws.ensures.CreateAccount(work, attempt({ tries: 3 }))).toMatchObject({
    kind: 'delayed',
    reason: 'aws-throttled',
  });
});

test('a request AWS does not know is looked for by e-mail, then waited for', async () => {
  const requestId = 'car-00000000000000000000000000000000';
  const work = { ...creation(), requestId, requestsTried: [requestId] };
  expect(await aws.ensures.CreateAccount(work, attempt())).toMatchObject({ kind: 'later' });
  expect(await aws.ensures.CreateAccount(work, attempt({ tries: 5 }))).toMatchObject({ reason: 'creation-unknown' });
});

test('a payer that is not configured is named', async () => {
  await expect(aws.ensures.CreateAccount(creation('payer-9'), attempt())).rejects.toThrow(/payer: 'payer-9'/);
});
