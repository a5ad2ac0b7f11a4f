/** The control API over HTTP: what it shows, what it changes, and how it refuses what cannot be meant. */
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { demoLatencies, instantLatencies } from '../../../src/simulator/engine/latencies.js';
import { type RunningSimulator, startSimulator } from '../../support/simulator.js';

let simulator: RunningSimulator;

beforeEach(async () => {
  simulator = await startSimulator();
});

afterEach(() => simulator.close());

const iam = () =>
  new IAMClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' },
    maxAttempts: 1,
  });

async function send(method: string, route: string, body?: string) {
  const init = body === undefined ? { method } : { method, body };
  const response = await fetch(`${simulator.url}/_simulator/${route}`, init);
  return { status: response.status, value: await response.json() };
}

test('shows the accounts of the world', async () => {
  const accounts = await simulator.control.accounts();
  expect(accounts.map(({ id, state }) => ({ id, state }))).toEqual([
    { id: '111122223333', state: 'ACTIVE' },
    { id: '210987654321', state: 'ACTIVE' },
    { id: '444455556666', state: 'ACTIVE' },
  ]);
});

test('shows and changes the latencies, those that are named', async () => {
  expect(await simulator.control.latencies()).toEqual(instantLatencies);
  expect(await simulator.control.setLatencies({ listLagMs: 70 })).toEqual({ ...instantLatencies, listLagMs: 70 });
  expect(await simulator.control.latencies()).toEqual({ ...instantLatencies, listLagMs: 70 });
  expect(demoLatencies.createAccountMs).toBeGreaterThan(0);
});

test('faults over HTTP break the connection, or hold the answer back', async () => {
  await simulator.control.inject({ kind: 'drop', service: 'iam', operation: 'CreateUser' });
  await expect(iam().send(new CreateUserCommand({ UserName: 'ann' }))).rejects.toThrow('socket hang up');
  await simulator.control.inject({ kind: 'delay', service: 'iam', operation: 'CreateUser', delayMs: 20 });
  await iam().send(new CreateUserCommand({ UserName: 'bob' }));
  expect(await simulator.control.faults()).toEqual([]);
  expect((await simulator.control.calls({ operation: 'CreateUser' })).map(({ fault }) => fault)).toEqual([
    'drop',
    'delay',
  ]);
});

test('takes faults back, all of them or one', async () => {
  const throttle = { kind: 'throttle', service: 'iam', operation: '*' } as const;
  const { id } = await simulator.control.inject(throttle);
  const kept = await simulator.control.inject({ ...throttle, times: 5 });
  expect((await send('DELETE', `faults?id=${id}`)).value).toEqual([kept]);
  await simulator.control.withdrawFaults();
  expect(await simulator.control.faults()).toEqual([]);
});

test('forces failures on creations, of one payer or of all', async () => {
  await simulator.control.failCreations([{ reason: 'INVALID_ADDRESS', payer: '111122223333', times: 2 }]);
  expect((await send('GET', 'creation-failures')).value).toEqual([
    { payer: '111122223333', reason: 'INVALID_ADDRESS', times: 2 },
  ]);
  await simulator.control.failCreations([{ reason: 'INTERNAL_FAILURE' }]);
  expect((await send('GET', 'creation-failures')).value).toEqual([
    { payer: '111122223333', reason: 'INTERNAL_FAILURE', times: 1 },
    { payer: '444455556666', reason: 'INTERNAL_FAILURE', times: 1 },
  ]);
});

test.each([
  ['PUT', 'latencies', '{"createAccountMs":-1}', 'createAccountMs: -1 is not a whole number from 0 to 86400000.'],
  ['PUT', 'latencies', '{"create":1}', 'create: is unknown here; known are createAccountMs, '],
  ['PUT', 'latencies', '{', 'The body is not valid JSON.'],
  ['PUT', 'latencies', '[]', 'the body: must be a JSON object'],
  ['POST', 'faults', '{"kind":"slow"}', 'kind: "slow" is not one of throttle, error, drop, drop-before, delay.'],
  ['POST', 'faults', '{"kind":"drop"}', 'service: must be a text that is not empty.'],
  ['POST', 'faults', '{"kind":"delay","service":"iam","operation":"*"}', 'delayMs: is missing'],
  [
    'POST',
    'faults',
    '{"kind":"drop","service":"iam","operation":"*","times":0}',
    'times: 0 is not a whole number from 1',
  ],
  [
    'POST',
    'faults',
    '{"kind":"drop","service":"iam","operation":"*","account":"1"}',
    'account: "1" is not an account id',
  ],
  [
    'PUT',
    'creation-failures',
    '[{"reason":"BAD_LUCK"}]',
    '[0].reason: "BAD_LUCK" is not one of ACCOUNT_LIMIT_EXCEEDED, ',
  ],
  ['PUT', 'creation-failures', '{}', 'the body: must be an array'],
  ['POST', 'sign-in', '{"account":"210987654321","userName":"ann"}', 'password: must be a text.'],
])('%s %s %s is refused with what was wrong', async (method, route, body, words) => {
  const { status, value } = await send(method, route, body);
  expect(status).toBe(400);
  expect(value).toEqual({ error: expect.stringContaining(words) });
});

test('an unknown route is a 404 that says where to look, and the list is there', async () => {
  const { status, value } = await send('GET', 'account');
  expect({ status, value }).toEqual({
    status: 404,
    value: { error: 'GET /_simulator/account is unknown; GET /_simulator lists what there is.' },
  });
  expect((await send('GET', '')).value).toMatchObject({
    routes: expect.arrayContaining(['GET /_simulator/accounts', 'POST /_simulator/sign-in']),
  });
});

test('a reset leaves the world of a first start and the latencies', async () => {
  await simulator.control.setLatencies({ callMs: 1 });
  await iam().send(new CreateUserCommand({ UserName: 'ann' }));
  await simulator.control.reset();
  expect(await simulator.control.calls()).toEqual([]);
  expect(await simulator.control.accounts()).toHaveLength(3);
  expect(await simulator.control.latencies()).toEqual({ ...instantLatencies, callMs: 1 });
  await iam().send(new CreateUserCommand({ UserName: 'ann' }));
});

test('a body that is too long is refused', async () => {
  const { status } = await fetch(`${simulator.url}/_simulator/faults`, {
    method: 'POST',
    body: 'x'.repeat(1024 * 1024 + 1),
  });
  expect(status).toBe(413);
});
