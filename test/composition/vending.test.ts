/** What becomes of providers when AWS refuses a payer, on the whole service: elsewhere, or in the queue until it is mended. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
import type { Provider as Status } from '../../src/client/generated/types.gen.js';
import { read } from '../support/by-path.js';
import { acceptedProvider, type Grounds, prepare, type RunningService, startRunning } from '../support/service.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';
import { until } from '../support/waiting.js';

const [firstPayer, secondPayer] = ['111122223333', '444455556666'];
let aws: RunningSimulator;
let grounds: Grounds;
let service: RunningService;

beforeEach(async () => {
  aws = await startSimulator();
  grounds = await prepare(aws.url);
});
afterEach(async () => {
  await service.stop();
  await aws.close();
});

const statusOf = (id: string, token: string): Promise<Status> =>
  read<Status>(service.api, `/v1/providers/${id}`, token);
const made = async (id: string) => {
  const operator = await grounds.token('operator');
  return until(
    () => statusOf(id, operator),
    ({ account }) => account !== undefined,
  );
};
const waitingFor = async (id: string, reason: string) => {
  const operator = await grounds.token('operator');
  const waits = (status: Status): boolean =>
    status.steps.some((step) => step.state === 'waiting' && 'reason' in step && step.reason === reason);
  return until(() => statusOf(id, operator), waits);
};
const factsOf = async (id: string): Promise<readonly { type: string; facts?: object }[]> => {
  const history = await read<{ items: { type: string }[] }>(
    service.api,
    `/v1/providers/${id}/history`,
    await grounds.token('auditor'),
  );
  return history.items;
};
const ours = async () => (await aws.control.accounts()).filter(({ email }) => email.startsWith('aws+'));
const resume = async (payer: string) =>
  fetch(`${service.url}/v1/payers/${payer}/resume`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await grounds.token('operator')}` },
  });

test('a full payer is left for another, the next provider goes straight there, and each has one account', async () => {
  await aws.control.failCreations([{ payer: firstPayer, reason: 'ACCOUNT_LIMIT_EXCEEDED', times: 9 }]);
  service = await startRunning(grounds);
  const first = await acceptedProvider(service.api, grounds.tokens);
  expect(await made(first)).toMatchObject({ account: { payerId: 'payer-2' } });
  const second = await acceptedProvider(service.api, grounds.tokens, 'Second');
  expect(await made(second)).toMatchObject({ account: { payerId: 'payer-2' } });
  expect((await ours()).map(({ organization }) => organization)).toEqual([secondPayer, secondPayer]);
  expect((await aws.control.calls({ operation: 'CreateAccount' })).length).toBe(3);
  expect((await factsOf(first)).map(({ type }) => type).slice(2, 8)).toEqual([
    'PayerAssigned',
    'AccountCreationRequested',
    'PayerRefused',
    'PayerAssigned',
    'AccountCreationRequested',
    'AccountCreated',
  ]);
});

test('where no payer may vend the provider waits by name, and one command lets all go on', async () => {
  await aws.control.failCreations([{ reason: 'MISSING_PAYMENT_INSTRUMENT', times: 2 }]);
  service = await startRunning(grounds);
  const first = await acceptedProvider(service.api, grounds.tokens);
  await waitingFor(first, 'vending-paused');
  const second = await acceptedProvider(service.api, grounds.tokens, 'Second');
  await waitingFor(second, 'vending-paused');
  expect(await ours()).toHaveLength(0);
  await aws.control.failCreations([]);
  expect((await resume('payer-1')).status).toBe(200);
  expect(await made(first)).toMatchObject({ account: { payerId: 'payer-1' } });
  expect(await made(second)).toMatchObject({ account: { payerId: 'payer-1' } });
  expect(await ours()).toHaveLength(2);
  expect(service.logged()).toContain('Vending there is paused until an operator resumes it.');
});

test("a payer's limit that a person raises lets those who wait go on without a restart; a wrong file changes nothing", async () => {
  const allow = (accounts: unknown): void =>
    writeFileSync(grounds.env.PARTNER_CLOUD_CONFIG ?? '', oneFullPayer(accounts));
  grounds.env.PARTNER_CLOUD_CONFIG = join(grounds.data, '..', 'settings.yaml');
  allow(1);
  service = await startRunning(grounds);
  await made(await acceptedProvider(service.api, grounds.tokens));
  const second = await acceptedProvider(service.api, grounds.tokens, 'Second');
  await waitingFor(second, 'payer-full');
  allow('many');
  service.reload();
  expect(service.logged()).toMatch(/payers\[0\]\.accountsAllowed: \\"many\\" is not a whole number/);
  expect((await factsOf(second)).map(({ type }) => type)).not.toContain('PayerAssigned');
  allow(2);
  service.reload();
  expect(await made(second)).toMatchObject({ account: { payerId: 'payer-1' } });
});

function oneFullPayer(accountsAllowed: unknown): string {
  const document = parseDocument(readFileSync('config/partner-cloud.yaml', 'utf8'));
  document.setIn(['terms', 'folder'], resolve('config/terms'));
  document.deleteIn(['payers', 1]);
  document.setIn(['payers', 0, 'accountsAllowed'], accountsAllowed);
  return document.toString();
}
