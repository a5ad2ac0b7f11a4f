/** A service acts for the organizations of its token, and for a person whom it names; both are on record. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DemoPerson } from '../../../../src/infrastructure/identity/demo/people.js';
import { type Api, startApi } from '../../../support/api.js';
import { fieldsOf, key, production, register, request, typeOf } from '../../../support/people.js';

let api: Api;
let id: string;
beforeAll(async () => {
  api = await startApi();
  await register(api);
  id = await request(api, 'first');
});
afterAll(() => api.close());

const head = () => api.store.head();
const forPerson = { 'x-actor': 'u-2c85d1e6f09b' };

test('a service asks for a provider on behalf of a person, and history and audit show both', async () => {
  const headers = { ...key('on-behalf'), ...forPerson };
  const asked = await api.call('portal', 'POST', '/v1/organizations/acme/providers', { body: production, headers });
  expect(asked.status).toBe(201);
  const both = {
    actor: 'https://demo.partner-cloud.example#s-c07b96e2d318',
    role: 'service',
    onBehalfOf: 'u-2c85d1e6f09b',
  };
  const path = `/v1/providers/${asked.body.id}/history?minPosition=${asked.body.position}`;
  const { body } = await api.call('administrator', 'GET', path);
  expect(body.items).toMatchObject([{ type: 'ProviderRequested', ...both }]);
  const { text } = await api.call('auditor', 'GET', `/v1/audit/events?provider=${asked.body.id}`);
  expect(JSON.parse(text.split('\n')[0] ?? '').metadata).toMatchObject(both);
});

test('a service that names nobody, or somebody by an address, is told so, and nobody else may name anybody', async () => {
  const rename = (who: DemoPerson, headers: Record<string, string>) =>
    api.call(who, 'POST', `/v1/providers/${id}/rename`, { body: { name: 'Renamed' }, headers });
  const before = head();
  for (const [who, headers, words] of [
    ['portal', {}, /X-Actor is missing/],
    ['portal', { 'x-actor': 'mel@acme.example' }, /e-mail address/],
    ['portal', { 'x-actor': 'two words' }, /no opaque id/],
    ['administrator', forPerson, /for services/],
  ] as const) {
    const answer = await rename(who, headers);
    expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([400, 'invalid', ['X-Actor']]);
    expect(answer.body.detail).toMatch(words);
  }
  expect(head()).toBe(before);
});

test('a service accepts terms only with the claim for it', async () => {
  const fresh = await request(api, 'terms-by-service');
  const sending = { body: { documents: [] }, headers: forPerson };
  const accept = (who: DemoPerson) => api.call(who, 'POST', `/v1/providers/${fresh}/terms-acceptance`, sending);
  const [without, having] = [await accept('service'), await accept('portal')];
  expect([without.status, typeOf(without)]).toEqual([403, 'forbidden']);
  expect(without.body.detail).toContain('service with the claim may-accept-terms');
  expect([having.status, typeOf(having)]).toEqual([409, 'stale-terms']);
});
