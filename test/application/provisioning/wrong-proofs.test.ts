/** Three providers that AWS proves wrong in one row pause their payer, whatever restarted between them; a resume counts anew. */
import { join } from 'node:path';
import { CreatePolicyVersionCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AccountWork } from '../../../src/application/ports/ensures.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { baselineSteps } from '../../../src/domain/provider/steps.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { type Aws, makeHardenedAccount, startAws } from '../../support/aws.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { triedProvider } from '../../support/tried-provider.js';

let aws: Aws;
let store: SqliteEventStore;
let now: number;
beforeEach(async () => {
  now = Date.now();
  aws = await startAws();
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
});
afterEach(async () => {
  await store.close();
  await aws.close();
});

const hardened = ({ accountId, wayIn }: AccountWork): readonly ProviderEvent[] => [
  ...[s.providerRequested, s.termsAccepted, s.payerAssigned()],
  s.creationRequested('car-00000000000000000000000000000000'),
  { type: 'AccountCreated', accountId, payerId: 'payer-1', how: 'car-1', access: { roleArn: wayIn.roleArn } },
  ...[s.payerLinked, s.accountReady, ...baselineSteps.map(s.stepApplied), s.baselineApplied],
];

type Tried = Awaited<ReturnType<typeof triedProvider>>;

const anything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** A provider whose customer policy allows everything, proven by a process that has just started. */
async function provenWrong(
  liveProof: 'required' | 'report' = 'required',
  prepared: (provider: Tried) => Promise<unknown> = async () => undefined,
) {
  const account = await makeHardenedAccount(aws);
  const PolicyArn = `arn:aws:iam::${account.accountId}:policy/CTLCustomerPolicy`;
  const rewritten = { PolicyArn, PolicyDocument: anything, SetAsDefault: true };
  await aws.access.account(account, 'automation').iam.send(new CreatePolicyVersionCommand(rewritten));
  const on = { store, ensures: aws.restarted({ liveProof }).ensures, now: () => now };
  const provider = await triedProvider(on, account.providerId, hardened(account));
  await prepared(provider);
  await provider.attempt();
  now += 3 * 60_000;
  expect(await provider.attempt()).toBe(0);
  return provider;
}

test('a restart between them begins nothing anew, and after a resume the count does', async () => {
  await provenWrong();
  const second = await provenWrong();
  expect(await second.facts()).toMatchObject([{ type: 'ProvisioningHalted', reason: 'live-proof-failed' }]);
  expect(await second.payer()).toMatchObject({ vending: 'open' });
  const third = await provenWrong();
  expect(await third.facts()).toMatchObject([{ type: 'ProvisioningHalted', reason: 'live-proof-failed' }]);
  expect(await third.payer()).toMatchObject({
    ...{ vending: 'paused', reason: 'live-proof-failed' },
    words: expect.stringContaining('administrators cloudtrail:StopLogging in 3 accounts'),
  });
  expect(third.logged()).toContain('Vending there is paused until an operator resumes it.');
  now += 60_000;
  await third.brake({ type: 'VendingResumed' });
  now += 60_000;
  const fourth = await provenWrong();
  expect(await fourth.payer()).toMatchObject({ vending: 'open' });
});

test('where it is only reported, accounts go on with that on record, and the third pauses the payer all the same', async () => {
  for (const vending of ['open', 'open', 'paused']) {
    const provider = await provenWrong('report');
    expect(await provider.facts()).toMatchObject([{ type: 'LiveProofRecorded' }]);
    expect(await provider.payer()).toMatchObject({ vending });
  }
});

test('a payer whose history cannot be used is counted all the same, and its provider is told', async () => {
  for (let each = 0; each < 2; each++) await provenWrong();
  const third = await provenWrong('required', (provider) => provider.setPayerAside());
  expect(await third.facts()).toMatchObject([{ type: 'ProvisioningHalted', reason: 'live-proof-failed' }]);
  expect(third.logged()).toContain('at a payer whose history cannot be used');
});
