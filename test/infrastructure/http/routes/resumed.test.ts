/** What operators and customers see of a creation that has halted and was resumed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ProviderEvent } from '../../../../src/domain/provider/events.js';
import { type Answer, type Api, startApi } from '../../../support/api.js';
import { acceptTerms, fieldsOf, record, register, request, typeOf } from '../../../support/people.js';
import { creationRequested, halted, payerAssigned } from '../../../support/story.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await register(api);
});
afterAll(() => api.close());

const read = async (path: string) =>
  (await api.call('operator', 'GET', `${path}?minPosition=${api.store.head()}`)).body as Record<string, unknown>;

test('a resumed creation waits in the queue for its own payer, which keeps a place for it and no slot', async () => {
  const id = await request(api, 'resumed');
  await acceptTerms(api, id);
  await record(api, id, payerAssigned(), creationRequested(), halted());
  expect((await read('/v1/payers')).items).toMatchObject([{ creating: 0, kept: 1, roomLeft: 9, freeSlots: 5 }]);
  expect(await read('/v1/queue')).toMatchObject({ total: 0 });
  const answer = await api.call('operator', 'POST', `/v1/providers/${id}/resume`);
  expect(answer.body).toMatchObject({ id, stage: 'resumed' });
  expect((await read('/v1/queue')).items).toMatchObject([{ providerId: id, returnsTo: 'payer-1', position: 1 }]);
  const status = await read(`/v1/providers/${id}`);
  expect(status).toMatchObject({ stage: 'resumed', queue: { position: 1, ahead: 0 }, etaSeconds: expect.any(Number) });
  expect((status.steps as { state: string }[]).slice(0, 2).map(({ state }) => state)).toEqual(['running', 'pending']);
  await record(api, id, payerAssigned());
  expect(await read('/v1/queue')).toMatchObject({ total: 0 });
  expect((await read('/v1/payers')).items).toMatchObject([{ creating: 1, kept: 0, roomLeft: 9, freeSlots: 4 }]);
});

/** A provider that is halted for a reason. */
async function haltedFor(reason: string): Promise<string> {
  const id = await request(api, `halted-${reason}-${crypto.randomUUID()}`);
  await acceptTerms(api, id);
  await record(api, id, payerAssigned(), creationRequested(), { ...halted(), reason } as ProviderEvent);
  return id;
}

const resume = (body: object, key?: string, query = '') =>
  api.call('operator', 'POST', `/v1/resumptions${query}`, {
    body,
    ...(key && { headers: { 'idempotency-key': key } }),
  });
const ids = ({ body }: Answer) => (body.items as { id: string }[]).map(({ id }) => id).sort();
const stageOf = async (id: string) => (await read(`/v1/providers/${id}`)).stage;

test('who halted for one reason is shown first and records nothing, and goes on with one call, and nobody else', async () => {
  const [one, two, other] = [await haltedFor('outage'), await haltedFor('outage'), await haltedFor('payer-suspended')];
  await read(`/v1/providers/${other}`);
  const before = api.store.head();
  const plan = await resume({ reason: 'outage', step: 'CreateAccount', payer: 'payer-1' }, undefined, '?dryRun=true');
  expect([plan.status, plan.body.left, ids(plan)]).toEqual([200, 0, [one, two].sort()]);
  expect(plan.body.items).toMatchObject([{ step: 'CreateAccount', reason: 'outage', payerId: 'payer-1' }, {}]);
  expect(ids(await resume({ reason: 'outage', step: 'LinkPayer' }, undefined, '?dryRun=true'))).toEqual([]);
  expect(api.store.head()).toBe(before);
  const done = await resume({ reason: 'outage' }, 'after-outage');
  expect(done.body.items).toMatchObject([
    { outcome: 'resumed', stage: 'resumed' },
    { outcome: 'resumed', stage: 'resumed' },
  ]);
  expect([ids(done), done.body.left, await stageOf(other)]).toEqual([[one, two].sort(), 0, 'halted']);
  const late = await haltedFor('outage');
  await read(`/v1/providers/${late}`);
  const again = await resume({ reason: 'outage' }, 'after-outage');
  expect([ids(again), again.body.left, again.body.position]).toEqual([ids(done), 1, done.body.position]);
  expect(await stageOf(late)).toBe('halted');
  const otherwise = await resume({ reason: 'payer-suspended' }, 'after-outage');
  expect([otherwise.status, typeOf(otherwise)]).toEqual([422, 'idempotency-key-reused']);
});

test.each<readonly [string, object, RegExp]>([
  ['reason', {}, /at least one of reason, step and payer/],
  ['payer', { payer: 'payer-9' }, /no payer of the configuration; allowed: payer-1/],
  ['step', { step: 'Dance' }, /CreateAccount/],
  ['more', { reason: 'outage', more: 1 }, /not known here/],
])('a resumption with a wrong %s is told so', async (field, body, words) => {
  const answer = await resume(body);
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([400, 'invalid', [field]]);
  expect(answer.body.detail).toMatch(words);
});
