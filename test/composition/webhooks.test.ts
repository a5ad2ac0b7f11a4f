/** Webhooks as people subscribe, see, change and remove them through the API. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { webhookSecret } from '../../src/domain/webhooks/webhook.js';
import { type Api, startApi } from '../support/api.js';
import { fieldsOf, key, subscribe, typeOf } from '../support/people.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const url = 'https://hooks.customer.example/partner-cloud';
const secretForm = /^whsec_[A-Za-z0-9+/]{43}=$/;

const ask = (body: object, idempotencyKey: string, who: Parameters<Api['call']>[0] = 'administrator') =>
  api.call(who, 'POST', '/v1/webhooks', { body, headers: key(idempotencyKey) });

const change = (id: string, what: string, body?: object, who: Parameters<Api['call']>[0] = 'administrator') =>
  api.call(who, 'POST', `/v1/webhooks/${id}/${what}`, body && { body });

const listed = async (who: Parameters<Api['call']>[0]) => {
  const { body } = await api.call(who, 'GET', `/v1/webhooks?minPosition=${api.store.head()}`);
  return (body.items as { id: string }[]).map(({ id }) => id);
};

test('the secret is shown to whoever subscribes, a lost answer is made again, and neither event nor read has it', async () => {
  const types = ['TermsAccepted', 'CredentialsIssued', 'TermsAccepted'];
  const first = await ask({ url, types }, 'once');
  expect([first.status, first.body.organization, first.body.state]).toEqual([201, 'acme', 'enabled']);
  expect(first.body.types).toEqual(['CredentialsIssued', 'TermsAccepted']);
  expect(first.body.secret).toMatch(secretForm);
  expect((await ask({ url, types }, 'once')).body).toMatchObject({ id: first.body.id, secret: first.body.secret });
  expect(typeOf(await ask({ url }, 'once'))).toBe('idempotency-key-reused');
  const id = String(first.body.id);
  const read = await api.call('administrator', 'GET', `/v1/webhooks/${id}`);
  expect(read.body).not.toHaveProperty('secret');
  const facts = await api.store.read(`webhook-${id}`);
  expect(JSON.stringify(facts)).not.toContain('whsec_');
  expect(api.lines.join('')).not.toContain('whsec_');
  expect(await api.vault.get(webhookSecret(id), 1)).toEqual({ state: 'kept', value: first.body.secret });
});

test('what is wrong is named, with what would be right', async () => {
  const inside = await ask({ url: 'https://169.254.169.254/latest' }, 'inside');
  expect([inside.status, fieldsOf(inside)]).toEqual([400, ['url']]);
  expect(inside.body.detail).toMatch(/not public/);
  const unknown = await ask({ url, types: ['NoSuchFact'] }, 'unknown');
  expect([unknown.status, fieldsOf(unknown)]).toEqual([400, ['types']]);
  expect(unknown.body.detail).toMatch(/head\.signed/);
  const hidden = await ask({ url, types: ['VendingPaused'] }, 'hidden');
  expect([hidden.status, fieldsOf(hidden)]).toEqual([400, ['types']]);
  expect((await ask({ url, types: ['VendingPaused'] }, 'hidden', 'operator')).status).toBe(201);
});

test('a rotation shows the new secret, and the former one is kept beside it; the one before that is destroyed', async () => {
  const id = await subscribe(api, 'rotated');
  const second = await change(id, 'rotate');
  expect(second.body).toMatchObject({ secretGeneration: 2, secret: expect.stringMatching(secretForm) });
  expect(Date.parse(String(second.body.formerSecretUntil))).toBeGreaterThan(Date.now() + 86_000_000);
  expect((await change(id, 'rotate')).body.secretGeneration).toBe(3);
  const states = await Promise.all([1, 2, 3].map((generation) => api.vault.get(webhookSecret(id), generation)));
  expect(states.map(({ state }) => state)).toEqual(['destroyed', 'kept', 'kept']);
});

test('disabled, enabled and removed: each is seen, and what is removed has no secret any more', async () => {
  const id = await subscribe(api, 'resting');
  const resting = await change(id, 'disable', { words: 'It moves.' });
  expect(resting.body).toMatchObject({ state: 'disabled', reason: 'person', words: 'It moves.' });
  expect((await change(id, 'enable')).body).toMatchObject({ state: 'enabled' });
  expect((await change(id, 'replay', { after: String(api.store.head()) })).status).toBe(200);
  expect(fieldsOf(await change(id, 'replay', { after: 'elsewhere:1' }))).toEqual(['after']);
  expect(await listed('administrator')).toContain(id);
  expect((await api.call('administrator', 'DELETE', `/v1/webhooks/${id}`)).body.state).toBe('removed');
  expect((await api.call('administrator', 'GET', `/v1/webhooks/${id}`)).status).toBe(404);
  expect(await listed('administrator')).not.toContain(id);
  expect((await api.vault.get(webhookSecret(id), 1)).state).toBe('destroyed');
  expect((await api.call('administrator', 'DELETE', `/v1/webhooks/${id}`)).body.state).toBe('removed');
  expect((await api.call('outsider', 'DELETE', `/v1/webhooks/${id}`)).status).toBe(404);
});

test('an operator stops any webhook and makes no secret of an organization; others do not learn of it', async () => {
  const id = await subscribe(api, 'watched');
  const ofAll = await subscribe(api, 'watched', 'operator');
  expect(await listed('operator')).toEqual(expect.arrayContaining([id, ofAll]));
  expect(await listed('administrator')).not.toContain(ofAll);
  expect(await listed('outsider')).toEqual([]);
  expect(typeOf(await change(id, 'rotate', undefined, 'operator'))).toBe('forbidden');
  expect((await change(id, 'disable', { words: 'Too loud.' }, 'operator')).status).toBe(200);
  expect((await change(ofAll, 'rotate', undefined, 'operator')).status).toBe(200);
  expect((await change(id, 'enable', undefined, 'outsider')).status).toBe(404);
});

test('an organization has so many webhooks and no more, and another one is not held to it', async () => {
  for (let n = (await listed('outsider')).length; n < 10; n++) await subscribe(api, `many-${n}`, 'outsider');
  const more = await ask({ url }, 'one-more', 'outsider');
  expect([more.status, typeOf(more)]).toEqual([409, 'wrong-stage']);
  expect(await listed('outsider')).toHaveLength(10);
});
