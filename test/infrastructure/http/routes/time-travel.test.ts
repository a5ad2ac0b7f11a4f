/** How things were: at each position and time of a life the status that was told then, and what each fact changed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { providers } from '../../../../src/application/streams/aggregates.js';
import { type Api, startApi } from '../../../support/api.js';
import { acceptTerms, fieldsOf, register, request } from '../../../support/people.js';
import { creationRequested, payerAssigned } from '../../../support/story.js';
import { until } from '../../../support/waiting.js';

interface Told {
  readonly stage: string;
  readonly name: string;
  readonly position: string;
  readonly changedAt: string;
}

let api: Api;
let id: string;
const told: Told[] = [];

async function statusNow(): Promise<Told> {
  const { body } = await api.call('auditor', 'GET', `/v1/providers/${id}?minPosition=${api.store.head()}`);
  const { etaSeconds: _, queue: __, ...settled } = body;
  return settled as unknown as Told;
}

beforeAll(async () => {
  api = await startApi();
  await register(api);
  id = await request(api, 'travelled');
  told.push(await statusNow());
  for (const name of ['Second', 'Third']) {
    // Two facts of one millisecond could not be told apart by a time.
    await until(
      async () => Date.now(),
      (now) => now > Date.parse(told.at(-1)?.changedAt ?? ''),
    );
    await api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name } });
    told.push(await statusNow());
  }
});
afterAll(() => api.close());

const at = (moment: string) => api.call('auditor', 'GET', `/v1/providers/${id}?at=${moment}`);

test('at each position and time stands what was told then', async () => {
  for (const status of told) {
    expect((await at(status.position)).body).toEqual(status);
    expect((await at(status.changedAt)).body).toEqual(status);
  }
  expect((await at('2999-01-01T00:00:00.000Z')).body).toEqual(told.at(-1));
});

test('the list of the organization is told as it was as well', async () => {
  const list = async (moment: string) =>
    (await api.call('member', 'GET', `/v1/organizations/acme/providers?at=${moment}`)).body.items as Told[];
  expect((await list(told[1]?.position ?? '')).map(({ name }) => name)).toEqual(['Second']);
  expect(await list('2001-01-01T00:00:00.000Z')).toEqual([]);
});

test('before its first fact it was not there, and a moment that is none is refused', async () => {
  const early = await at('2001-01-01T00:00:00.000Z');
  expect([early.status, fieldsOf(early)]).toEqual([404, ['at']]);
  for (const wrong of ['other:1', 'yesterday', '2026-01-01']) {
    const answer = await at(wrong);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, ['at']]);
  }
  expect((await api.call('outsider', 'GET', `/v1/providers/${id}?at=${told[0]?.position}`)).status).toBe(404);
});

test('the history says of each fact what it changed', async () => {
  await acceptTerms(api, id);
  const path = `/v1/providers/${id}/history?minPosition=${api.store.head()}`;
  const { items } = (await api.call('administrator', 'GET', path)).body as {
    items: { type: string; before: object; after: object }[];
  };
  expect(items.map(({ type, before, after }) => [type, before, after])).toEqual([
    ['ProviderRequested', { stage: 'unknown' }, expect.objectContaining({ stage: 'requested', organization: 'acme' })],
    ['ProviderRenamed', expect.objectContaining({ name: expect.any(String) }), { name: 'Second' }],
    ['ProviderRenamed', { name: 'Second' }, { name: 'Third' }],
    ['TermsAccepted', { stage: 'requested' }, { stage: 'accepted' }],
  ]);
  const later = await api.call('auditor', 'GET', `${path}&limit=1&cursor=${told[1]?.position}`);
  expect(later.body.items).toMatchObject([
    { type: 'ProviderRenamed', before: { name: 'Second' }, after: { name: 'Third' } },
  ]);
});

test('the history says what each fact came from, back to what a person asked for', async () => {
  await api.record(providers, id, payerAssigned(), creationRequested());
  const path = `/v1/providers/${id}/history?minPosition=${api.store.head()}`;
  const chains = async (who: 'auditor' | 'administrator') => {
    const { body } = await api.call(who, 'GET', path);
    const items = body.items as { type: string; causes: { type: string; role: string; causationId: string }[] }[];
    return Object.fromEntries(
      items.map(({ type, causes }) => [type, causes.map((each) => `${each.type} by ${each.role}`)]),
    );
  };
  const terms = 'TermsAccepted by administrator';
  expect(await chains('auditor')).toMatchObject({
    ProviderRenamed: [],
    TermsAccepted: [],
    PayerAssigned: [terms],
    AccountCreationRequested: ['PayerAssigned by saga', terms],
  });
  expect((await chains('administrator')).AccountCreationRequested?.at(-1)).toBe(terms);
});
