/** What a request would come to, as customers and the reseller's people are told: payer, place in the queue, what is waited for. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DemoPerson } from '../../../../src/infrastructure/identity/demo/people.js';
import { type Api, startApi } from '../../../support/api.js';
import { acceptTerms, key, production, record, register, request } from '../../../support/people.js';
import { accountCreated, creationRequested, payerAssigned } from '../../../support/story.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await register(api);
});
afterAll(() => api.close());

const ask = async (who: DemoPerson) => {
  const sending = { body: production, headers: key('what-if') };
  const { status, body } = await api.call(who, 'POST', '/v1/organizations/acme/providers?dryRun=true', sending);
  expect(status).toBe(200);
  return body as { prospect: Record<string, unknown>; events: unknown[] };
};

test('the payer that would be chosen is told to operators and auditors, and to nobody else', async () => {
  const before = api.store.head();
  for (const who of ['operator', 'auditor'] as const) {
    const { prospect, events } = await ask(who);
    expect(prospect).toMatchObject({ slotFree: true, payerId: 'payer-1', payers: ['payer-1'] });
    expect(events).toMatchObject([{ data: { rootEmail: expect.stringContaining('@reseller.example') } }]);
  }
  expect(JSON.stringify(await ask('administrator'))).not.toMatch(/payer/);
  expect(api.store.head()).toBe(before);
});

test('those who wait before it are counted, and a slot is foretold as it is then given', async () => {
  const ids = await Promise.all(Array.from('abcdefg', (letter) => request(api, `line-${letter}`)));
  for (const id of ids) await acceptTerms(api, id);
  const taking = ids.slice(0, 5);
  for (const id of taking) await record(api, id, payerAssigned(), creationRequested());
  const caughtUp = () => api.call('operator', 'GET', `/v1/queue?minPosition=${api.store.head()}`);
  expect((await caughtUp()).body).toMatchObject({ total: 2 });
  const full = (await ask('operator')).prospect;
  const line = { queue: { position: 3, ahead: 2 }, payers: ['payer-1'] };
  expect(full).toMatchObject({ ...line, slotFree: false, waitsFor: { reason: 'slot-awaited' } });
  expect([full.payerId, full.etaRange]).toEqual([undefined, expect.anything()]);
  for (const id of taking) await record(api, id, accountCreated());
  await caughtUp();
  const free = (await ask('operator')).prospect;
  expect(free).toMatchObject({ ...line, slotFree: true, payerId: 'payer-1' });
  expect(Number((free.etaRange as { toSeconds: number }).toSeconds)).toBeGreaterThan(0);
});
