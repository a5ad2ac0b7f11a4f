/** The exceptions from the hardening over all accounts: who sees which, in which order, and how they are narrowed and paged. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { providers } from '../../../../src/application/streams/aggregates.js';
import type { DemoPerson } from '../../../../src/infrastructure/identity/demo/people.js';
import { type Api, startApi } from '../../../support/api.js';
import { fieldsOf, register, request, typeOf } from '../../../support/people.js';
import { active } from '../../../support/story.js';

const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();

let api: Api;
let [ours, theirs] = ['', ''];
let newest: string;

const of = (provider: string, object: string) =>
  `/v1/providers/${provider}/exceptions/${encodeURIComponent(`user/${object}/global`)}`;

async function grant(provider: string, object: string, days: number, owner: string, reason: string): Promise<void> {
  const body = { owner, reason, until: inDays(days) };
  const answer = await api.call('operator', 'PUT', of(provider, object), { body });
  expect(answer.status).toBe(200);
  newest = String(answer.body.position);
}

beforeAll(async () => {
  api = await startApi();
  await register(api);
  await register(api, 'globex');
  ours = await request(api, 'ours');
  theirs = await request(api, 'theirs', 'outsider', 'globex');
  for (const id of [ours, theirs]) await api.record(providers, id, ...active.slice(1));
  await grant(ours, 'AIDALATER', 30, 'team-b', 'Until spring.');
  await grant(theirs, 'AIDASOON', 3, 'team-a', 'A move.');
  await grant(ours, 'AIDANEXT', 10, 'team-c', 'By the auditor.');
  await grant(theirs, 'AIDAGONE', 20, 'team-a', 'A mistake.');
  newest = String((await api.call('operator', 'DELETE', of(theirs, 'AIDAGONE'))).body.position);
});
afterAll(() => api.close());

type Item = Readonly<Record<string, string>>;

async function list(who: DemoPerson, query = ''): Promise<{ items: readonly Item[]; next?: string }> {
  const answer = await api.call(who, 'GET', `/v1/exceptions?minPosition=${encodeURIComponent(newest)}${query}`);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body as unknown as { items: readonly Item[]; next?: string };
}

const objectsIn = ({ items }: { readonly items: readonly Item[] }) => items.map(({ object }) => object?.split('/')[1]);

test('the reseller’s people see all of them, the first to end first, with whose account it is', async () => {
  for (const who of ['operator', 'auditor'] as const) {
    const { items } = await list(who);
    expect(objectsIn({ items })).toEqual(['AIDASOON', 'AIDANEXT', 'AIDAGONE', 'AIDALATER']);
    expect(items[0]).toEqual({
      providerId: theirs,
      name: 'Production',
      organization: 'globex',
      accountId: expect.stringMatching(/^\d{12}$/),
      object: 'user/AIDASOON/global',
      owner: 'team-a',
      reason: 'A move.',
      grantedAt: expect.any(String),
      until: expect.any(String),
      state: 'in-force',
    });
    expect(items[2]).toMatchObject({ state: 'revoked', endedAt: expect.any(String) });
  }
});

test('customers see those of their own organization, and of no other', async () => {
  for (const who of ['administrator', 'member', 'portal'] as const)
    expect(objectsIn(await list(who))).toEqual(['AIDANEXT', 'AIDALATER']);
  expect(objectsIn(await list('outsider'))).toEqual(['AIDASOON', 'AIDAGONE']);
  const asked = await api.call('administrator', 'GET', '/v1/exceptions?organization=globex');
  expect([asked.status, typeOf(asked)]).toEqual([404, 'not-found']);
});

test.each([
  ['those in force', '&state=in-force', ['AIDASOON', 'AIDANEXT', 'AIDALATER']],
  ['those that were taken back', '&state=revoked', ['AIDAGONE']],
  ['those whose time is over', '&state=expired', []],
  ['those that end within a fortnight', `&endingBy=${inDays(14)}`, ['AIDASOON', 'AIDANEXT']],
  ['those of one organization', '&organization=acme', ['AIDANEXT', 'AIDALATER']],
  ['the last to end first', '&order=desc', ['AIDALATER', 'AIDAGONE', 'AIDANEXT', 'AIDASOON']],
  ['the last granted first', '&sort=grantedAt&order=desc', ['AIDAGONE', 'AIDANEXT', 'AIDASOON', 'AIDALATER']],
  ['by who answers for it', '&sort=owner&state=in-force', ['AIDASOON', 'AIDALATER', 'AIDANEXT']],
  ['by reason', '&sort=reason', ['AIDAGONE', 'AIDASOON', 'AIDANEXT', 'AIDALATER']],
])('%s', async (_, query, objects) => {
  expect(objectsIn(await list('operator', query))).toEqual(objects);
});

test('pages follow each other by cursor in every order, and the last one has no next', async () => {
  for (const sort of ['until', 'grantedAt', 'owner', 'reason'])
    for (const order of ['asc', 'desc']) {
      const asked = `&sort=${sort}&order=${order}`;
      const whole = await list('operator', asked);
      const items: Item[] = [];
      let page = await list('operator', `${asked}&limit=1`);
      for (; page.next !== undefined; page = await list('operator', `${asked}&limit=1&cursor=${page.next}`))
        items.push(...page.items);
      expect([...items, ...page.items]).toEqual(whole.items);
      expect([items.length, page.items.length]).toEqual([3, 1]);
    }
});

test('its own cursor is taken however long a reason is', async () => {
  await grant(ours, 'AIDALONG', 40, 'team-d', '\u6f22'.repeat(500));
  await grant(ours, 'AIDALONGER', 40, 'team-d', '\u6f22'.repeat(500));
  const first = await list('portal', '&sort=reason&order=desc&limit=1');
  const second = await list('portal', `&sort=reason&order=desc&limit=1&cursor=${first.next}`);
  expect([objectsIn(first), objectsIn(second)]).toEqual([['AIDALONGER'], ['AIDALONG']]);
});

test.each([
  ['a cursor of another order', async () => `sort=owner&cursor=${(await list('operator', '&limit=1')).next}`, 'cursor'],
  ['a cursor that is none', async () => 'cursor=nonsense', 'cursor'],
  ['more than 200', async () => 'limit=201', 'limit'],
  ['a state that there is not', async () => 'state=over', 'state'],
  ['a time of another form', async () => 'endingBy=2027-03-01', 'endingBy'],
])('%s is refused', async (_, query, field) => {
  const refused = await api.call('operator', 'GET', `/v1/exceptions?${await query()}`);
  expect([refused.status, fieldsOf(refused)]).toEqual([400, [field]]);
});
