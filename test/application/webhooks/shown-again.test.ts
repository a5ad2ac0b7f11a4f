/** A secret is shown once. An answer that was lost may be asked for again with its key, for fifteen minutes and no longer. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Caller } from '../../../src/application/authorization/identity.js';
import { ChangeWebhook, ChangeWebhookHandler } from '../../../src/application/webhooks/change-webhook.js';
import { SubscribeWebhook, SubscribeWebhookHandler } from '../../../src/application/webhooks/subscribe-webhook.js';
import { webhooksOf } from '../../../src/composition/sagas/webhooks.js';
import { type Api, startApi } from '../../support/api.js';
import { noDeliveries } from '../../support/no-deliveries.js';

const minuteMs = 60_000;

let api: Api;
let caller: Caller;
let now = Date.now();

beforeAll(async () => {
  api = await startApi();
  caller = await api.tokenVerifier.verify(await api.issuer.issue('administrator'));
});
afterAll(() => api.close());

const dependencies = () => ({ ...api.dependencies, clock: { ...api.dependencies.clock, now: () => now } });

function subscribe(key: string) {
  const on = dependencies();
  const service = webhooksOf({ webhooks: { privateNetworks: [] } }, { ...on, deliveries: noDeliveries });
  const asked = { url: 'https://hooks.customer.example/in', types: [] };
  return new SubscribeWebhookHandler(on, service).execute(new SubscribeWebhook(asked, { caller, key }));
}

const rotate = (id: string, key: string | undefined) =>
  new ChangeWebhookHandler(dependencies()).execute(new ChangeWebhook(id, { type: 'Rotate' }, { caller, key }));

const secretForm = /^whsec_/;

test('of a subscription', async () => {
  const first = await subscribe('subscribed');
  expect(first.secret).toMatch(secretForm);
  const subscribedAt = Date.parse(first.subscribedAt);
  now = subscribedAt + 15 * minuteMs - 1;
  expect(await subscribe('subscribed')).toMatchObject({ id: first.id, secret: first.secret });
  now = subscribedAt + 15 * minuteMs;
  const late = await subscribe('subscribed');
  expect([late.id, late.secret]).toEqual([first.id, undefined]);
});

test('of a rotation, whose repeat makes no third secret', async () => {
  const { id } = await subscribe('rotated');
  const first = await rotate(id, 'lost');
  expect(first).toMatchObject({ secret: expect.stringMatching(secretForm), secretGeneration: 2 });
  const rotatedAt = now;
  now = rotatedAt + 15 * minuteMs - 1;
  expect(await rotate(id, 'lost')).toMatchObject({ secret: first.secret, secretGeneration: 2 });
  now = rotatedAt + 15 * minuteMs;
  const late = await rotate(id, 'lost');
  expect([late.secret, late.secretGeneration, late.position]).toEqual([undefined, 2, first.position]);
});

test('of a rotation that another one followed, the answer is how things stand now: the secret that signs', async () => {
  const { id } = await subscribe('twice');
  const first = await rotate(id, 'first');
  const second = await rotate(id, 'second');
  const repeated = await rotate(id, 'first');
  expect(second.secret).not.toBe(first.secret);
  expect([repeated.secret, repeated.secretGeneration]).toEqual([second.secret, 3]);
});
