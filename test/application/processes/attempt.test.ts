/** One attempt at a step on the real steps, log and simulated AWS, at times that the test chooses. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { type Aws, creation, firstPayer, startAws } from '../../support/aws.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { triedProvider } from '../../support/tried-provider.js';

const hours = 3_600_000;
let aws: Aws;
let store: SqliteEventStore;
let now: number;

beforeEach(async () => {
  aws = await startAws();
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
  now = Date.now();
});
afterEach(async () => {
  await store.close();
  await aws.close();
});

/** A provider whose payer was just assigned, and a way to try what it is owed. */
async function assigned(changes: Parameters<Aws['restarted']>[0] = {}, vendingSince = '') {
  const { providerId, rootEmail, accountName } = creation();
  const asked = { ...s.providerRequested, rootEmail, accountName } as ProviderEvent;
  const on = { store, ensures: aws.restarted(changes).ensures, now: () => now };
  const payerAssigned = { ...s.payerAssigned(), vendingSince } as ProviderEvent;
  return triedProvider(on, providerId, [asked, s.termsAccepted, payerAssigned]);
}

test('a step past its deadline halts by name, and not a moment earlier', async () => {
  await aws.control.setLatencies({ createAccountMs: 24 * hours });
  const provider = await assigned();
  expect(await provider.attempt()).toBe(0);
  now += 24 * hours - 60_000;
  expect(await provider.attempt()).toBeGreaterThan(0);
  now += 60_000;
  expect(await provider.attempt()).toBe(0);
  expect(await provider.facts()).toMatchObject([
    { type: 'AccountCreationRequested' },
    {
      ...{ type: 'ProvisioningHalted', step: 'CreateAccount', reason: 'deadline-passed', whoMustAct: 'operator' },
      call: { operation: 'CreateAccount', requestId: expect.stringMatching(/^car-/), error: 'IN_PROGRESS' },
    },
  ]);
});

test('while vending is paused the time to make an account does not run, and it runs anew once it is resumed', async () => {
  const provider = await assigned();
  now += hours;
  await provider.brake({ type: 'VendingPaused', reason: 'operator', words: 'Moving.' });
  now += 72 * hours;
  expect(await provider.attempt()).toBeGreaterThan(0);
  expect(await provider.facts()).toMatchObject([{ type: 'StepDelayed', reason: 'vending-paused' }]);
  await provider.brake({ type: 'VendingResumed' });
  await aws.control.setLatencies({ createAccountMs: 24 * hours });
  now += 23 * hours;
  expect(await provider.attempt()).toBe(0);
  expect(await provider.attempt()).toBeGreaterThan(0);
  now += hours;
  expect(await provider.attempt()).toBe(0);
  expect((await provider.facts()).slice(1)).toMatchObject([
    { type: 'AccountCreationRequested' },
    { type: 'ProvisioningHalted', reason: 'deadline-passed' },
  ]);
});

test('a step whose calls fail until its deadline halts with the last of them', async () => {
  const provider = await assigned();
  now += 25 * hours;
  await aws.control.inject({
    kind: 'throttle',
    service: 'organizations',
    operation: 'ListCreateAccountStatus',
    times: 9,
  });
  expect(await provider.attempt()).toBe(0);
  expect(await provider.facts()).toMatchObject([
    {
      reason: 'deadline-passed',
      call: { operation: 'ListCreateAccountStatus', error: expect.stringContaining('TooManyRequests') },
    },
  ]);
});

test.each([
  ['drop-before', 'aws-slow'],
  ['error', 'aws-unavailable'],
] as const)(
  'a creation whose every call is lost (%s) is said to wait, and halts with the last of them between two calls',
  async (kind, reason) => {
    const provider = await assigned({ now: () => now });
    await aws.control.inject({ kind, service: 'organizations', operation: 'CreateAccount', times: 9 });
    for (const pause of [0, 61_000, 61_000]) {
      expect(await provider.facts()).toEqual([]);
      now += pause;
      expect(await provider.attempt()).toBeGreaterThan(0);
    }
    expect(await provider.facts()).toMatchObject([{ type: 'StepDelayed', step: 'CreateAccount', reason }]);
    expect(provider.logged()).toContain('A call failed that a step needs');
    now += 24 * hours - 132_000;
    expect(await provider.attempt()).toBeGreaterThan(0);
    now += 10_000;
    expect(await provider.attempt()).toBe(0);
    expect((await provider.facts()).at(-1)).toMatchObject({
      ...{ type: 'ProvisioningHalted', reason: 'deadline-passed' },
      call: { operation: 'CreateAccount', body: expect.stringContaining('Email') },
    });
  },
);

test('a reason for waiting is recorded and warned of once, however often it is met', async () => {
  const fault = { kind: 'error', service: 'organizations', operation: 'CreateAccount', status: 400 } as const;
  await aws.control.inject({ ...fault, code: 'FinalizingOrganizationException', times: 3 });
  const provider = await assigned();
  for (const tries of [0, 1, 2]) await provider.attempt(tries);
  expect(await provider.facts()).toMatchObject([{ type: 'StepDelayed', reason: 'organization-finalizing' }]);
  const told = provider.logged().match(/"level":"\w+"(?=.*A call failed that a step needs)/g);
  expect(told).toEqual(['"level":"warn"', '"level":"info"', '"level":"info"']);
});

test('a refusal of the payer is on record at the payer first, then the provider is back in the queue', async () => {
  await aws.control.failCreations([{ payer: firstPayer, reason: 'INVALID_PAYMENT_INSTRUMENT', times: 1 }]);
  const provider = await assigned();
  await provider.attempt();
  expect(await provider.attempt()).toBe(0);
  expect(await provider.payer()).toMatchObject({ vending: 'paused', reason: 'payer-payment' });
  expect(await provider.state()).toMatchObject({ stage: 'accepted', origin: { payersTried: ['payer-1'] } });
  expect((await provider.facts()).at(-1)).toMatchObject({
    type: 'PayerRefused',
    payerId: 'payer-1',
    call: { operation: 'CreateAccount', error: 'INVALID_PAYMENT_INSTRUMENT' },
  });
});

test('a refusal of a payer whose history is set aside moves the provider all the same', async () => {
  await aws.control.failCreations([{ payer: firstPayer, reason: 'INVALID_PAYMENT_INSTRUMENT', times: 1 }]);
  const provider = await assigned();
  await provider.attempt();
  await provider.setPayerAside();
  expect(await provider.attempt()).toBe(0);
  expect(await provider.facts()).toMatchObject([
    { type: 'AccountCreationRequested' },
    { type: 'PayerRefused', payerId: 'payer-1', reason: 'payer-payment' },
  ]);
  expect(provider.logged()).toContain('AWS refuses accounts at a payer whose history cannot be used.');
});

test('a provider that has its slot at a payer which AWS refuses since meets the refusal itself and goes elsewhere', async () => {
  const provider = await assigned();
  await provider.brake({ type: 'VendingPaused', reason: 'account-limit-exceeded', words: 'It is full.' });
  const full = { code: 'ConstraintViolationException', reason: 'ACCOUNT_NUMBER_LIMIT_EXCEEDED', status: 400 } as const;
  await aws.control.inject({ kind: 'error', service: 'organizations', operation: 'CreateAccount', ...full });
  expect(await provider.attempt()).toBe(0);
  expect(await provider.state()).toMatchObject({ stage: 'accepted', origin: { payersTried: ['payer-1'] } });
  expect(await provider.facts()).toMatchObject([{ type: 'PayerRefused', reason: 'account-limit-exceeded' }]);
});

test.each(['operator', 'access-denied', 'aws-refused'])(
  'where a payer is paused as %s nobody asks it',
  async (reason) => {
    const provider = await assigned();
    await provider.brake({ type: 'VendingPaused', reason, words: 'Not now.' });
    expect(await provider.attempt()).toBeGreaterThan(0);
    expect(await provider.facts()).toMatchObject([{ type: 'StepDelayed', reason: 'vending-paused' }]);
    expect(await aws.control.calls({ operation: 'CreateAccount' })).toHaveLength(0);
  },
);

test('a refusal pauses the payer although the clock was set back since the last resume', async () => {
  await aws.control.failCreations([{ payer: firstPayer, reason: 'INVALID_PAYMENT_INSTRUMENT', times: 1 }]);
  now += hours;
  const before = await assigned();
  await before.brake({ type: 'VendingPaused', reason: 'operator', words: 'Moving.' });
  await before.brake({ type: 'VendingResumed' });
  now -= hours;
  const provider = await assigned({}, (await before.payer()).since);
  await provider.attempt();
  expect(await provider.attempt()).toBe(0);
  expect(await provider.payer()).toMatchObject({ vending: 'paused', reason: 'payer-payment' });
  expect(await provider.state()).toMatchObject({ stage: 'accepted' });
});

test('a payer that denies us for minutes is paused, and the provider halts there and goes nowhere else', async () => {
  const denial = { kind: 'error', code: 'AccessDeniedException', status: 400 } as const;
  await aws.control.inject({ ...denial, service: 'organizations', operation: 'ListCreateAccountStatus', times: 9 });
  const provider = await assigned();
  await provider.attempt();
  expect(await provider.payer()).toMatchObject({ vending: 'open' });
  now += 6 * 60_000;
  expect(await provider.attempt()).toBe(0);
  expect(await provider.payer()).toMatchObject({ vending: 'paused', reason: 'access-denied' });
  expect(await provider.facts()).toMatchObject([
    { type: 'ProvisioningHalted', reason: 'access-denied', call: { operation: 'ListCreateAccountStatus' } },
  ]);
});

test('the log tells the operator of a halt, with what leads to the call and without its body', async () => {
  await aws.control.failCreations([{ payer: firstPayer, reason: 'INVALID_EMAIL', times: 1 }]);
  const provider = await assigned();
  expect([await provider.attempt(), await provider.attempt()]).toEqual([0, 0]);
  const lines = provider.logged().trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    ...{ level: 'warn', step: 'CreateAccount', fact: 'ProvisioningHalted', reason: 'root-email-invalid' },
    ...{ operation: 'CreateAccount', requestId: expect.stringMatching(/^car-/) },
  });
  expect(provider.logged()).not.toContain('@vend.example');
});

test('without credentials of our own a provider waits for its whole time, and the payer is not blamed', async () => {
  const expired = { kind: 'error', code: 'ExpiredToken', status: 403, message: 'It has expired.' } as const;
  await aws.control.inject({ ...expired, service: 'sts', operation: 'AssumeRole', times: 99 });
  const provider = await assigned();
  for (let hour = 0; hour < 24; hour++, now += hours) expect(await provider.attempt(hour)).toBeGreaterThan(0);
  expect(await provider.facts()).toMatchObject([
    { type: 'StepDelayed', reason: 'no-aws-credentials', words: expect.stringContaining('cannot sign in to AWS') },
  ]);
  expect(provider.logged()).toContain('This service has no valid AWS credentials of its own');
  expect(await provider.attempt(24)).toBe(0);
  expect((await provider.facts()).at(-1)).toMatchObject({
    ...{ type: 'ProvisioningHalted', reason: 'deadline-passed' },
    call: { operation: 'AssumeRole', error: 'ExpiredToken: It has expired.' },
  });
  expect(await provider.payer()).toMatchObject({ vending: 'open' });
});

test('nothing is moved to another payer after a lost answer', async () => {
  const provider = await assigned();
  await aws.control.inject({ kind: 'drop', service: 'organizations', operation: 'CreateAccount' });
  for (const tries of [0, 1, 2]) await provider.attempt(tries);
  expect((await provider.facts()).map(({ type }) => type)).not.toContain('PayerRefused');
  expect(await provider.payer()).toMatchObject({ vending: 'open' });
});

test('what no longer may act attempts nothing', async () => {
  const provider = await assigned();
  provider.act(false);
  expect(await provider.attempt()).toBeGreaterThan(0);
  expect(await provider.facts()).toEqual([]);
  expect(await aws.control.calls({ operation: 'CreateAccount' })).toHaveLength(0);
});

test('the halt at a deadline names the call that failed, and answers the payer and request that were looked at', async () => {
  const provider = await assigned();
  now += 25 * hours;
  const fault = { kind: 'throttle', service: 'organizations', operation: 'ListCreateAccountStatus', times: 9 } as const;
  await aws.control.inject(fault);
  expect(await provider.attempt()).toBe(0);
  expect(await provider.facts()).toMatchObject([
    {
      type: 'ProvisioningHalted',
      words: expect.stringMatching(/The last call was .*ListCreateAccountStatus/),
      answers: { payerId: 'payer-1' },
    },
  ]);
});
