/** Deliveries: everything once at least, in order for each provider, whatever the receiver does and wherever the process ends. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DeliveryPlaces } from '../../src/application/ports/delivery-places.js';
import type { Delivering } from '../../src/application/webhooks/delivery/deliver.js';
import { signatureBy } from '../../src/infrastructure/webhooks/signature.js';
import { type Api, startApi } from '../support/api.js';
import { feedOf, openDelivering, subscribeTo } from '../support/delivering.js';
import { FastClock } from '../support/fast-clock.js';
import { acceptTerms, register, request } from '../support/people.js';
import { type Answering, type Received, type Receiver, startReceiver, status } from '../support/receiver.js';
import { until } from '../support/waiting.js';

let api: Api;
let on: ReturnType<typeof openDelivering>;
let receiver: Receiver;
let running: Delivering | undefined;

beforeAll(async () => {
  api = await startApi();
  await register(api);
});
afterAll(() => api.close());
beforeEach(async () => {
  receiver = await startReceiver();
  on = openDelivering(api);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  on.close();
  await receiver.close();
  for (const { id } of ids.splice(0)) await api.call('operator', 'DELETE', `/v1/webhooks/${id}`);
});

const ids: { id: string }[] = [];

async function subscribed(...more: [(readonly string[])?, ('administrator' | 'operator' | 'outsider')?]) {
  const one = await subscribeTo(api, receiver.url, ...more);
  ids.push(one);
  return one;
}

/** What came, as it was told: each message by its first arrival. */
const bodies = (): readonly string[] => [
  ...new Map(receiver.received.map((each) => [each.headers['webhook-id'], each.body])).values(),
];
const types = (): readonly string[] => bodies().map((body) => JSON.parse(body).type);
const typesSent = (): readonly string[] => receiver.received.map(({ body }) => JSON.parse(body).type);
const came = (count: number) =>
  until(
    async () => bodies().length,
    (length) => length >= count,
  );

/** What a signature is over. */
const signedIn = ({ headers, body }: Received) => ({
  id: String(headers['webhook-id']),
  timestamp: Number(headers['webhook-timestamp']),
  body,
});

const change = (id: string, what: string, body?: object) =>
  api.call('administrator', 'POST', `/v1/webhooks/${id}/${what}`, body && { body });
const stateOf = async (id: string) => (await api.call('administrator', 'GET', `/v1/webhooks/${id}`)).body;

test('what comes is what the feed tells the subscriber, signed, and nothing of other organizations', async () => {
  const before = String(api.store.head());
  const { secret } = await subscribed();
  await subscribed([], 'outsider');
  running = on.start();
  const id = await request(api, 'fed');
  await acceptTerms(api, id);
  await came(2);
  expect(bodies()).toEqual(await feedOf(api, 'administrator', before));
  for (const one of receiver.received)
    expect(one.headers['webhook-signature']).toBe(signatureBy(secret, signedIn(one)));
});

test('a try that cannot be noted is a try all the same, and what follows is sent', async () => {
  await subscribed(['ProviderRequested', 'TermsAccepted']);
  using file = new DatabaseSync(join(api.folder, 'read-models', 'webhook-deliveries.db'));
  file.exec('ALTER TABLE webhook_delivery RENAME TO elsewhere');
  running = on.start();
  await acceptTerms(api, await request(api, 'not-noted'));
  await came(2);
  expect(typesSent()).toEqual(['ProviderRequested', 'TermsAccepted']);
  file.exec('ALTER TABLE elsewhere RENAME TO webhook_delivery');
});

test('an operator is told of everything as the feed does, and only of the types that were named where some were', async () => {
  const before = String(api.store.head());
  const { id } = await subscribed(['TermsAccepted', 'WebhookSubscribed'], 'operator');
  running = on.start();
  await acceptTerms(api, await request(api, 'typed'));
  await came(1);
  const told = (await feedOf(api, 'operator', before)).filter((line) => JSON.parse(line).type === 'TermsAccepted');
  expect(bodies()).toEqual(told);
  expect((await api.call('auditor', 'GET', `/v1/webhooks/${id}`)).body.state).toBe('enabled');
});

test('of one provider one message is under way at a time; another provider does not wait for it', async () => {
  await subscribed();
  const held: (() => void)[] = [];
  receiver.answer((_, response) => void held.push(() => response.writeHead(204).end()));
  running = on.start();
  await acceptTerms(api, await request(api, 'one'));
  await request(api, 'another');
  await came(2);
  expect(types()).toEqual(['ProviderRequested', 'ProviderRequested']);
  receiver.answer(status(204));
  for (const answer of held) answer();
  await came(3);
  expect(types()).toEqual(['ProviderRequested', 'ProviderRequested', 'TermsAccepted']);
});

test('a receiver that fails, redirects and hangs is tried until it takes the message, and nothing overtakes it', async () => {
  const { id } = await subscribed();
  const redirect: Answering = (_, response) => void response.writeHead(307, { location: '/x' }).end();
  const bad: Answering[] = [status(500), redirect, () => undefined, (_, response) => response.destroy()];
  receiver.answer((one, response) => (bad.shift() ?? status(204))(one, response));
  running = on.start();
  await acceptTerms(api, await request(api, 'failing'));
  await came(2);
  expect(typesSent()).toEqual([...Array(5).fill('ProviderRequested'), 'TermsAccepted']);
  const { body } = await api.call('administrator', 'GET', `/v1/webhooks/${id}`);
  expect(body.state).toBe('enabled');
  expect(on.deliveries.last(id).map(({ tries, outcome, status: code }) => [tries, outcome, code])).toEqual([
    [1, 'delivered', 204],
    [5, 'delivered', 204],
    [4, 'failed', undefined],
    [3, 'failed', undefined],
    [2, 'refused', 307],
    [1, 'refused', 500],
  ]);
});

test('after a stop it goes on where it stood, and after a kill it repeats rather than miss anything', async () => {
  await subscribed();
  running = on.start();
  await request(api, 'before');
  await came(1);
  await running.stop();
  await request(api, 'meanwhile');
  running = on.start();
  await came(2);
  expect(typesSent()).toHaveLength(2);
  // Whoever may not act any more keeps nothing, as one that is killed.
  on.acting.mayAct = false;
  await running.stop();
  on.acting.mayAct = true;
  await request(api, 'after-the-kill');
  running = on.start();
  await came(3);
  expect(typesSent()).toHaveLength(4);
});

test('how far it has come is kept once a minute at most, and when the deliveries are handed over', async () => {
  const { id } = await subscribed();
  const keptAt: number[] = [];
  const save: DeliveryPlaces['save'] = (changed) => {
    keptAt.push(on.clock.now());
    return on.places.save(changed);
  };
  running = on.start(undefined, { load: on.places.load, save });
  const provider = await request(api, 'kept');
  let sent = 1;
  const tell = async (): Promise<void> => {
    const body = { name: `Kept ${++sent}` };
    await api.call('administrator', 'POST', `/v1/providers/${provider}/rename`, { body });
    await came(sent);
  };
  while (keptAt.length < 2) await tell();
  const minutely = keptAt.slice();
  await tell();
  await running.stop();
  for (const [n, at] of minutely.entries())
    if (n > 0) expect(at - Number(minutely[n - 1])).toBeGreaterThanOrEqual(60_000);
  expect(sent).toBeGreaterThan(minutely.length);
  expect((await on.places.load()).get(id)?.position).toBe(api.store.head());
});

test('what is under way at a stop is answered still, and is not sent again', async () => {
  on.close();
  // Slow enough that a busy machine answers within the time that a stop leaves.
  on = openDelivering(api, new FastClock(5));
  await subscribed();
  let answer: (() => void) | undefined;
  receiver.answer((_, response) => {
    answer = () => response.writeHead(204).end();
  });
  running = on.start();
  await acceptTerms(api, await request(api, 'stopping'));
  await came(1);
  const stopped = running.stop();
  answer?.();
  await stopped;
  expect(typesSent()).toEqual(['ProviderRequested']);
  receiver.answer(status(204));
  running = on.start();
  await came(2);
  expect(typesSent()).toEqual(['ProviderRequested', 'TermsAccepted']);
});

test('what no receiver answers at a stop is given up after a while, and sent again later', async () => {
  const { id } = await subscribed();
  receiver.answer(() => undefined);
  running = on.start();
  await request(api, 'hanging');
  await came(1);
  const askedAt = on.clock.now();
  await running.stop();
  expect(on.clock.now() - askedAt).toBeLessThan(60_000);
  expect(on.deliveries.last(id)[0]).toMatchObject({ outcome: 'failed', error: expect.stringMatching(/ended before/) });
  receiver.answer(status(204));
  running = on.start();
  await until(
    async () => typesSent(),
    ({ length }) => length === 2,
  );
  expect(bodies()).toHaveLength(1);
});

test('an instance that may not act sends nothing until it may', async () => {
  await subscribed();
  on.acting.mayAct = false;
  running = on.start();
  await request(api, 'not-mine');
  await on.clock.wait(10_000, new AbortController().signal);
  expect(receiver.received).toEqual([]);
  on.acting.mayAct = true;
  await came(1);
});

test('what could not be delivered for three days disables it, visibly, and enabled again it goes on where it stood', async () => {
  const { id } = await subscribed();
  receiver.answer(status(503));
  running = on.start();
  await request(api, 'down');
  await came(1);
  on.clock.pass(3 * 86_400_000);
  const disabled = await until(
    () => stateOf(id),
    ({ state }) => state === 'disabled',
  );
  expect(disabled).toMatchObject({ reason: 'failing', words: expect.stringMatching(/since .* It answered 503\.$/) });
  await request(api, 'while-it-rests');
  receiver.answer(status(204));
  const before = receiver.received.length;
  expect((await change(id, 'enable')).body.state).toBe('enabled');
  await until(
    async () => typesSent().slice(before),
    (sent) => sent.length === 2,
  );
  expect(bodies()).toHaveLength(2);
});

test('a receiver that says that it is gone is asked no more', async () => {
  const { id } = await subscribed();
  receiver.answer(status(410));
  running = on.start();
  await request(api, 'gone');
  expect(
    await until(
      () => stateOf(id),
      ({ state }) => state === 'disabled',
    ),
  ).toMatchObject({ reason: 'gone' });
  expect(receiver.received).toHaveLength(1);
});

test('a replay sends everything after its position again, and one from the start everything there is', async () => {
  const { id } = await subscribed();
  running = on.start();
  const from = String(api.store.head());
  await request(api, 'again');
  await came(1);
  await change(id, 'replay', { after: from });
  await until(
    async () => receiver.received.length,
    (length) => length === 2,
  );
  expect(bodies()).toHaveLength(1);
  await change(id, 'replay');
  const everything = await feedOf(api, 'administrator');
  await until(
    async () => bodies().length,
    (length) => length === everything.length,
  );
});

test('while a secret is rotated both sign', async () => {
  const { id, secret } = await subscribed();
  running = on.start();
  const { body } = await change(id, 'rotate');
  await request(api, 'rotated');
  await came(1);
  const signatures = receiver.received.map((each) => [
    each.headers['webhook-signature'],
    [String(body.secret), secret].map((one) => signatureBy(one, signedIn(each))).join(' '),
  ]);
  expect(signatures[0]?.[0]).toBe(signatures[0]?.[1]);
});

test('a test is sent at once and answered with what came of it, and not twice in a moment', async () => {
  const { id } = await subscribed();
  receiver.answer(status(202));
  expect((await change(id, 'test')).body).toMatchObject({ type: 'test', outcome: 'delivered', status: 202 });
  expect(typesSent()).toEqual(['test']);
  expect((await change(id, 'test')).status).toBe(429);
});

test('a head that was signed is told to whoever asks for it, the newest alone', async () => {
  await subscribed(['head.signed']);
  on.acting.head = { id: 'log@1', size: 1 };
  running = on.start();
  await came(1);
  on.acting.head = { id: 'log@2', size: 2 };
  await came(2);
  expect(bodies().map((body) => JSON.parse(body))).toEqual([
    { type: 'head.signed', data: { id: 'log@1', size: 1 } },
    { type: 'head.signed', data: { id: 'log@2', size: 2 } },
  ]);
  on.acting.head = undefined;
});
