/** A list of exceptions says what keeps it from holding all: a read model that stands still, or a record that is set aside. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { providers } from '../../../../src/application/streams/aggregates.js';
import { setAsideWords } from '../../../../src/application/streams/quarantined.js';
import type { DemoPerson } from '../../../../src/infrastructure/identity/demo/people.js';
import { type Api, startApi } from '../../../support/api.js';
import { register, request } from '../../../support/people.js';
import { fromLater, writeAsLater } from '../../../support/poison.js';
import { until } from '../../../support/service.js';
import { active } from '../../../support/story.js';

let api: Api;
let id: string;
let stream: string;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  await register(api, 'globex');
  id = await request(api, 'ours');
  stream = `hardening-${id}`;
  await api.record(providers, id, ...active.slice(1));
  const body = { owner: 'team-a', reason: 'A move.', until: new Date(Date.now() + 86_400_000).toISOString() };
  const object = encodeURIComponent('user/AIDAFIRST/global');
  await api.call('operator', 'PUT', `/v1/providers/${id}/exceptions/${object}`, { body });
});
afterAll(() => api.close());

const list = async (who: DemoPerson) => (await api.call(who, 'GET', '/v1/exceptions')).body;

test('while its read model stands still a list says that it may lack what is new, and what is in the way to the reseller', async () => {
  await until(
    () => list('operator'),
    ({ items }) => (items as unknown[]).length === 1,
  );
  await writeAsLater(join(api.folder, 'log.db'), stream, fromLater);
  await request(api, 'woken');
  const seen = await until(
    () => list('operator'),
    ({ standstill }) => standstill !== undefined,
  );
  const words = (said: string) => ({ standstill: { reason: 'history-unread', words: expect.stringMatching(said) } });
  expect(seen).toMatchObject({ items: [{ reason: 'A move.' }], ...words(`stand still at.*${stream}`) });
  const customers = await list('member');
  expect(customers).toMatchObject(words('may lack what is new'));
  expect(JSON.stringify(customers)).not.toContain(stream);
});

test('once the record is set aside the list names the account, to those who may know of it', async () => {
  const body = { stream, reason: 'Written by a version that was rolled back.' };
  expect((await api.call('operator', 'POST', '/v1/quarantine', { body })).status).toBe(200);
  const seen = await until(
    () => list('operator'),
    ({ standstill }) => standstill === undefined,
  );
  const whose = { providerId: id, name: 'Production', organization: 'acme', accountId: expect.any(String) };
  const setAside = [{ ...whose, since: expect.any(String), words: setAsideWords }];
  expect(seen.setAside).toEqual(setAside);
  expect((await list('administrator')).setAside).toEqual(setAside);
  expect((await list('outsider')).setAside).toBeUndefined();
});
