/** The operator's brakes over HTTP: who may pull them, what they answer, and that a repeat records nothing. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Api, startApi } from '../../../support/api.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const pause = (id: string, words?: string, headers = {}) =>
  api.call('operator', 'POST', `/v1/payers/${id}/pause`, { body: words === undefined ? {} : { words }, headers });
const resume = (id: string) => api.call('operator', 'POST', `/v1/payers/${id}/resume`);
const historyOf = async (id: string) => (await api.store.read(`payer-${id}`)).map(({ event }) => event);

test.each(['payer-1', 'all'])('%s is paused with words and resumed, each once', async (id) => {
  const paused = await pause(id, 'The bank moves.');
  expect(paused.status).toBe(200);
  expect(paused.body).toMatchObject({ id, vending: 'paused', reason: 'operator', words: 'The bank moves.' });
  expect((await pause(id, 'The bank moves.')).body).toEqual(paused.body);
  expect((await resume(id)).body).toMatchObject({ id, vending: 'open', position: expect.stringContaining(':') });
  expect((await resume(id)).body).toMatchObject({ vending: 'open' });
  expect(await historyOf(id)).toEqual([
    { type: 'VendingPaused', reason: 'operator', words: 'The bank moves.' },
    { type: 'VendingResumed' },
  ]);
});

test('a repeat with the same key acts once, even after the resume', async () => {
  const headers = { 'idempotency-key': 'brake-1' };
  const before = (await historyOf('payer-1')).length;
  await pause('payer-1', undefined, headers);
  await resume('payer-1');
  expect((await pause('payer-1', undefined, headers)).body).toMatchObject({ vending: 'open' });
  expect(await historyOf('payer-1')).toHaveLength(before + 2);
});

test('a payer that is not configured is not found, and words must be readable', async () => {
  const unknown = await pause('payer-9');
  expect(unknown.status).toBe(404);
  expect(unknown.body).toMatchObject({ errors: [{ field: 'id', allowed: 'payer-1, all' }] });
  expect((await pause('payer-1', 'bell \u0007')).body).toMatchObject({ errors: [{ field: 'words' }] });
});

test.each(['administrator', 'member', 'auditor', 'service'] as const)('it is not for %s', async (who) => {
  expect((await api.call(who, 'POST', '/v1/payers/payer-1/pause', { body: {} })).status).toBe(403);
  expect((await api.call(who, 'POST', '/v1/payers/all/resume')).status).toBe(403);
});
