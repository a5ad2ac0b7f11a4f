/** What operators and customers see of a creation that has halted and was resumed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Api, startApi } from '../../../support/api.js';
import { acceptTerms, record, register, request } from '../../../support/people.js';
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
