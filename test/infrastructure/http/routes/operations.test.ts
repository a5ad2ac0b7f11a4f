/** What operators and auditors see over all organizations; and how many accounts one organization may request in a day. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ProviderEvent } from '../../../../src/domain/provider/events.js';
import { type Answer, type Api, startApi } from '../../../support/api.js';
import { acceptTerms, fieldsOf, key, production, record, register, request, typeOf } from '../../../support/people.js';
import { nameOf } from '../../../support/read-model-names.js';
import { accountCreated, creationRequested, payerAssigned } from '../../../support/story.js';

let api: Api;
/** In order of request: two that wait, one with an account, one of another organization. */
let ids: string[];

beforeAll(async () => {
  api = await startApi();
  await register(api);
  await register(api, 'globex');
  ids = [await request(api, 'a'), await request(api, 'b'), await request(api, 'c')];
  for (const id of ids) await acceptTerms(api, id);
  const story = [payerAssigned(), creationRequested(), accountCreated()] as ProviderEvent[];
  await record(api, String(ids[2]), ...story);
  ids.push(await request(api, 'd', 'outsider', 'globex'));
  const renamed = { body: { name: 'Übung' }, headers: key('rename') };
  await api.call('administrator', 'POST', `/v1/providers/${ids[0]}/rename`, renamed);
});
afterAll(() => api.close());

/** Reads as new as the log is now. */
async function read(path: string): Promise<Answer> {
  const answer = await api.call(
    'operator',
    'GET',
    `${path}${path.includes('?') ? '&' : '?'}minPosition=${api.store.head()}`,
  );
  expect(answer.status).toBe(200);
  return answer;
}

const itemsOf = ({ body }: Answer) => body.items as Record<string, unknown>[];

test('each payer shows its room, its load and whether it vends', async () => {
  const { body } = await read('/v1/payers');
  const room = {
    accounts: 1,
    accountsAllowed: 10,
    roomLeft: 9,
    creating: 0,
    kept: 0,
    creationsAtOnce: 5,
    freeSlots: 5,
  };
  const vends = { state: 'open' };
  expect(body).toEqual({ all: vends, items: [{ id: 'payer-1', territories: ['US'], ...room, vending: vends }] });
});

const today = new Date().toISOString().slice(0, 10);

test('statistics count what happened for all organizations, or for one of them', async () => {
  const { body } = await read(`/v1/statistics?from=${today}&to=${today}`);
  const counts = { requests: 4, refused: 0, accounts: 1, ready: 0, withdrawn: 0, refusals: {}, halts: {} };
  expect(body).toMatchObject({ by: 'day', byStage: { requested: 1, accepted: 2, created: 1 } });
  expect(body.periods).toEqual([{ from: today, to: today, ...counts }]);
  expect(body.durations).toMatchObject([{ step: 'CreateAccount', count: 1 }]);
  expect(body.payers).toEqual([{ id: 'payer-1', freeSlots: 5, creationsAtOnce: 5, roomLeft: 9, accountsAllowed: 10 }]);
  const globex = await read('/v1/statistics?organization=globex&by=month');
  expect(globex.body).toMatchObject({ organization: 'globex', byStage: { requested: 1 }, durations: [] });
  expect((globex.body.periods as { requests: number }[]).map(({ requests }) => requests).at(-1)).toBe(1);
});

test("members read their own organization's statistics, without the payers, and no other's", async () => {
  const ask = (who: 'member' | 'outsider', query: string) =>
    api.call(who, 'GET', `/v1/statistics?minPosition=${api.store.head()}${query}`);
  const own = await ask('member', '');
  expect(own.body).toMatchObject({ organization: 'acme', byStage: { accepted: 2, created: 1 } });
  expect(own.body).not.toHaveProperty('payers');
  expect((await ask('outsider', '&organization=acme')).status).toBe(404);
});

test.each([
  ['from=2026-02-30', 'from', 'is "2026-02-30"'],
  ['from=2026-11-25&to=2026-11-24', 'from', 'lies after'],
  ['from=2020-01-01&to=2026-11-24', 'from', 'more than 400 periods'],
  ['by=year', 'by', 'is "year"'],
])('statistics of %s are refused with what would be right', async (query, field, problem) => {
  const answer = await api.call('operator', 'GET', `/v1/statistics?${query}`);
  expect([answer.status, fieldsOf(answer)]).toEqual([400, [field]]);
  expect(answer.body.errors).toMatchObject([{ problem: expect.stringContaining(problem) }]);
});

test('a paused payer says so with reason and words, also when all are paused', async () => {
  const paused = { state: 'paused', reason: 'operator', words: 'The bank is asked.', since: expect.any(String) };
  for (const id of ['payer-1', 'all']) {
    await api.call('operator', 'POST', `/v1/payers/${id}/pause`, { body: { words: paused.words } });
    const answer = await read('/v1/payers');
    expect(itemsOf(answer)).toMatchObject([{ vending: paused }]);
    expect(answer.body.all).toEqual(id === 'all' ? paused : { state: 'open' });
    await api.call('operator', 'POST', `/v1/payers/${id}/resume`);
  }
  expect(itemsOf(await read('/v1/payers'))).toMatchObject([{ vending: { state: 'open' } }]);
});

test('the queue shows in order who waits, since when and why, page by page', async () => {
  const words = 'No payer has room.';
  const since = '2026-11-24T00:00:00.000Z';
  await record(api, String(ids[1]), { type: 'StepDelayed', step: 'AssignPayer', reason: 'payer-full', words, since });
  const first = await read('/v1/queue?limit=1');
  const place = { organization: 'acme', territory: 'US', since: expect.any(String) };
  expect(first.body).toMatchObject({ total: 2, next: expect.any(String) });
  const [next] = itemsOf(first);
  expect(next).toMatchObject({ ...place, position: 1, providerId: ids[0], name: 'Übung', reason: 'slot-awaited' });
  expect(next?.words).toMatch(/free slot/);
  const second = await read(`/v1/queue?cursor=${first.body.next}`);
  expect(itemsOf(second)).toEqual([
    { ...place, position: 2, providerId: ids[1], name: 'Production', reason: 'payer-full', words },
  ]);
  expect(second.body).not.toHaveProperty('next');
});

test('a status says what is waited for, and promises no time while nothing moves by itself', async () => {
  const step = ({ body }: Answer) => (body.steps as { step: string }[]).find((s) => s.step === 'AssignPayer');
  const blocked = await read(`/v1/providers/${ids[1]}`);
  expect(blocked.body).toMatchObject({ queue: { position: 2, ahead: 1 } });
  expect(blocked.body).not.toHaveProperty('etaSeconds');
  expect(step(blocked)).toMatchObject({ state: 'waiting', reason: 'payer-full', waitsFor: 'No payer has room.' });
  const free = {
    type: 'StepDelayed',
    step: 'AssignPayer',
    reason: 'slot-awaited',
    words: 'A slot.',
    since: '',
  } as const;
  await record(api, String(ids[1]), { ...free, since: '2026-11-24T00:00:00.000Z' });
  const moving = await read(`/v1/providers/${ids[1]}`);
  expect(moving.body).toHaveProperty('etaSeconds');
  expect(step(moving)).toMatchObject({
    reason: 'slot-awaited',
    waitsFor: expect.stringMatching(/1 provider is ahead/),
  });
});

test('every read model shows where it stands and how far behind it is', async () => {
  await read('/v1/queue');
  const items = itemsOf(await api.call('auditor', 'GET', '/v1/projections'));
  expect(items.map(({ name }) => name)).toContain(nameOf('provider-status'));
  const behind = { events: 0, more: false, seconds: 0 };
  for (const item of items)
    expect(item).toMatchObject({ position: api.store.head(), caughtUp: true, filling: false, behind });
});

test('providers are found by account, organization, stage and the beginning of the name, over all organizations', async () => {
  const found = async (query: string) => itemsOf(await read(`/v1/providers?${query}`)).map(({ id }) => id);
  expect(await found('')).toEqual([...ids].reverse());
  expect(await found('accountId=123456789012')).toEqual([ids[2]]);
  expect(await found('accountId=999999999999')).toEqual([]);
  expect(await found('organization=globex')).toEqual([ids[3]]);
  expect(await found('stage=accepted')).toEqual([ids[1], ids[0]]);
  expect(await found('stage=active')).toEqual([]);
  expect(await found(`name=${encodeURIComponent('üb')}`)).toEqual([ids[0]]);
  expect((await found('name=PROD')).sort()).toEqual(ids.slice(1).sort());
  expect(await found('name=prod&organization=acme&stage=accepted')).toEqual([ids[1]]);
  const [one] = itemsOf(await read('/v1/providers?accountId=123456789012'));
  expect(one).toMatchObject({ account: { id: '123456789012', payerId: 'payer-1' }, organization: 'acme' });
});

test('a search goes on where a page ended, whatever it is sorted by', async () => {
  for (const query of ['', 'name=p&', 'organization=acme&', 'stage=accepted&']) {
    const all = itemsOf(await read(`/v1/providers?${query}limit=100`)).map(({ id }) => id);
    const paged: unknown[] = [];
    for (let cursor = ''; ; ) {
      const page = await read(`/v1/providers?${query}limit=1${cursor}`);
      paged.push(...itemsOf(page).map(({ id }) => id));
      if (page.body.next === undefined) break;
      cursor = `&cursor=${page.body.next}`;
    }
    expect([query, paged]).toEqual([query, all]);
  }
});

test('the list of an organization is narrowed by the beginning of a name, by origin and by stage, and stays its own', async () => {
  const found = async (query: string) =>
    itemsOf(await read(`/v1/organizations/acme/providers?${query}`)).map(({ id }) => id);
  expect(await found('name=prod')).toEqual(expect.arrayContaining([ids[1], ids[2]]));
  expect(await found('name=prod')).not.toContain(ids[3]);
  expect(await found(`name=${encodeURIComponent('üb')}&stage=accepted`)).toEqual([ids[0]]);
  expect(await found('origin=new')).toEqual([ids[2], ids[1], ids[0]]);
  expect(await found('origin=migrated')).toEqual([]);
  const wrong = await api.call('operator', 'GET', '/v1/organizations/acme/providers?origin=elsewhere');
  expect([wrong.status, fieldsOf(wrong)]).toEqual([400, ['origin']]);
});

test('lists are in the order that is asked for, over all their pages, and a cursor belongs to its order', async () => {
  const found = async (query: string) => itemsOf(await read(`/v1/providers?${query}`)).map(({ id }) => id);
  expect(await found('sort=requestedAt&order=asc')).toEqual(ids);
  expect((await found('sort=name')).at(-1)).toBe(ids[0]);
  expect((await found('sort=name&order=desc'))[0]).toBe(ids[0]);
  expect(await found('sort=stage')).toEqual([ids[3], ids[0], ids[1], ids[2]]);
  expect((await found('sort=changedAt&limit=200'))[0]).toBe((await found('sort=changedAt&order=asc')).at(-1));
  const own = await read('/v1/organizations/acme/providers?sort=stage&order=desc&limit=1&accountId=123456789012');
  expect(itemsOf(own).map(({ id }) => id)).toEqual([ids[2]]);
  const page = await read('/v1/providers?sort=stage&limit=1');
  expect(page.body.position).toBe(api.store.head());
  const rest = await found(`sort=stage&cursor=${page.body.next}`);
  expect(rest).toEqual([ids[0], ids[1], ids[2]]);
  const other = await api.call('operator', 'GET', `/v1/providers?sort=name&cursor=${page.body.next}`);
  expect([other.status, fieldsOf(other)]).toEqual([400, ['cursor']]);
  expect(other.body.errors).toMatchObject([{ problem: 'belongs to a list in another order' }]);
});

test('a search that makes no sense is a problem that names the field', async () => {
  for (const [field, value] of [
    ['accountId', '12'],
    ['stage', 'unknown'],
    ['cursor', 'x'],
    ['limit', '0'],
    ['limit', '201'],
    ['sort', 'account'],
    ['order', 'up'],
    ['color', 'red'],
  ]) {
    const answer = await api.call('operator', 'GET', `/v1/providers?${field}=${value}`);
    expect([field, answer.status, fieldsOf(answer)]).toEqual([field, 400, [field]]);
  }
});

test('an organization requests so many accounts a day, and a repeat of an accepted request is never refused', async () => {
  await register(api, 'initech');
  const answers: Answer[] = [];
  const ask = (n: number) =>
    api.call('administrator', 'POST', '/v1/organizations/acme/providers', { body: production, headers: key(`n${n}`) });
  const left = 100 - 3;
  for (let n = 0; n < left; n += 20)
    answers.push(...(await Promise.all(Array.from({ length: Math.min(20, left - n) }, (_, i) => ask(n + i)))));
  expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
  const before = api.store.head();
  const refused = await ask(left);
  expect([refused.status, typeOf(refused), fieldsOf(refused)]).toEqual([429, 'rate-limited', ['organization']]);
  expect(refused.body.detail).toMatch(/100 accounts today, and 100 a day are allowed\. Try again from .*T00:00:00/);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(0)).status).toBe(201);
  expect(api.store.head()).toBe(before);
  const other = { body: production, headers: key('other') };
  expect((await api.call('outsider', 'POST', '/v1/organizations/globex/providers', other)).status).toBe(201);
});
