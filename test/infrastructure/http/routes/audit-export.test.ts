/** The export of the log: every event as it is stored, from any position on, and only what fits. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Api, startApi } from '../../../support/api.js';
import { restOf } from '../../../support/following.js';
import { acceptTerms, fieldsOf, register, request } from '../../../support/people.js';

interface Line {
  readonly position: string;
  readonly stream: string;
  readonly type: string;
  readonly hash: string;
  readonly metadata: { readonly actor: string; readonly recordedAt: string };
}

let api: Api;
let id: string;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  await register(api, 'globex');
  id = await request(api, 'exported');
  await acceptTerms(api, id);
  // More than one page.
  for (let n = 0; n < 3; n++)
    await api.store.append(
      `organization-many-${n}`,
      -1,
      Array.from({ length: 500 }, (_, at) => renamed(at)),
    );
});
afterAll(() => api.close());

const renamed = (at: number) => ({
  event: { type: 'ProviderRenamed' as const, name: `${at}` },
  cause: { commandId: `${at}`, commandDigest: 'd', correlationId: 'c', actor: 'test#many', role: 'operator' },
  at,
});

async function exported(query = ''): Promise<Line[]> {
  const response = await api.send('auditor', 'GET', `/v1/audit/events${query}`);
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test('every event is there once, in order, with the hash it is stored with', async () => {
  const lines = await exported();
  const all = await restOf(api.store);
  expect(lines.map(({ position, hash }) => [position, hash])).toEqual(
    all.map((event) => [event.position, 'metadata' in event ? event.metadata.hash : '']),
  );
  expect(lines.length).toBeGreaterThan(1_500);
});

test('whoever was interrupted goes on behind the last line', async () => {
  const lines = await exported();
  const middle = lines[1_200];
  expect(await exported(`?after=${middle?.position}`)).toEqual(lines.slice(1_201));
});

test('filters leave only what fits all of them', async () => {
  const all = await exported();
  const about = all.filter(({ stream }) => stream === `provider-${id}`);
  expect(await exported(`?provider=${id}`)).toEqual(about);
  expect(await exported(`?provider=${id}&type=TermsAccepted`)).toEqual(
    about.filter(({ type }) => type === 'TermsAccepted'),
  );
  expect((await exported('?organization=globex')).map(({ stream }) => stream)).toEqual(['organization-globex']);
  const acme = await exported('?organization=acme');
  expect(acme.map(({ stream }) => stream)).toEqual(expect.arrayContaining([`provider-${id}`, 'organization-acme']));
  expect(await exported(`?actor=${encodeURIComponent('test#many')}`)).toHaveLength(1_500);
  const { recordedAt } = about[0]?.metadata ?? { recordedAt: '' };
  expect(await exported(`?from=${recordedAt}&to=${recordedAt}&provider=${id}`)).toEqual(
    about.filter(({ metadata }) => metadata.recordedAt === recordedAt),
  );
});

test('a position of another log is refused by name', async () => {
  const answer = await api.call('auditor', 'GET', '/v1/audit/events?after=other:1');
  expect([answer.status, fieldsOf(answer)]).toEqual([400, ['after']]);
});
