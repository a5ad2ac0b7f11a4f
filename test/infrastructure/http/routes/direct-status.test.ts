/** A plain status read is answered beside Nest's routes: it must not be told from the same read that goes through them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { providers } from '../../../../src/application/streams/aggregates.js';
import type { DemoPerson } from '../../../../src/infrastructure/identity/demo/people.js';
import { type Answer, type Api, startApi } from '../../../support/api.js';
import { acceptTerms, issue, register, request } from '../../../support/people.js';
import { halted, payerAssigned } from '../../../support/story.js';

let api: Api;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await startApi();
  await register(api);
  ids.requested = await request(api, 'direct-requested');
  ids.halted = await request(api, 'direct-halted');
  await acceptTerms(api, ids.halted);
  await api.record(providers, ids.halted, payerAssigned(), halted());
  ids.active = await request(api, 'direct-active');
  await acceptTerms(api, ids.active);
  await issue(api, ids.active, 'Correct-Horse-9-Battery');
  ids.nobodys = '00000000-0000-4000-8000-000000000000';
  ids.malformed = 'no-uuid';
});
afterAll(() => api.close());

/** What differs from one call to the next whatever answers it. */
const ofTheCall = /^(date|x-request-id|ratelimit-remaining|ratelimit-reset)$/;

const told = ({ status, text, headers }: Answer) => ({
  status,
  text: text.replace(/"traceId":"[^"]*"/, ''),
  headers: [...headers].filter(([name]) => !ofTheCall.test(name)),
});

/** The fields of the line in the log, without what belongs to the call. */
const lineOf = (answer: Answer): object => {
  const id = answer.headers.get('x-request-id') ?? '';
  const line = api.lines.find((each) => each.includes(id));
  const { time: _, traceId: __, ms: ___, ...fields } = JSON.parse(line ?? '{}');
  return fields;
};

const cases = (['member', 'outsider', 'auditor', 'nobody'] as const).flatMap((who) =>
  ['requested', 'halted', 'active', 'nobodys', 'malformed'].map((which) => [who, which] as const),
);

async function bothWays(who: DemoPerson | 'nobody', id: string, headers = {}): Promise<readonly [Answer, Answer]> {
  const usual = await api.call(who, 'GET', `/v1/providers/${id}?minPosition=${api.store.head()}`, { headers });
  return [await api.call(who, 'GET', `/v1/providers/${id}`, { headers }), usual];
}

test.each(cases)(
  'as %s, the status of one that is %s is the same either way, and so is its line in the log',
  async (who, which) => {
    const [plain, usual] = await bothWays(who, ids[which] ?? '');
    expect(told(plain)).toEqual(told(usual));
    expect(lineOf(plain)).toEqual(lineOf(usual));
  },
);

test('whoever has the answer already is told so either way', async () => {
  const [first] = await bothWays('member', ids.active ?? '');
  const known = { 'if-none-match': first.headers.get('etag') ?? '' };
  const [plain, usual] = await bothWays('member', ids.active ?? '', known);
  expect([plain.status, plain.text]).toEqual([304, '']);
  expect(told(plain)).toEqual(told(usual));
});
