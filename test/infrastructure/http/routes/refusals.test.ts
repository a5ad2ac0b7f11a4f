/** What the rules refuse, one by one: each reason against an organization, each document, each call that comes out of order. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RefusalReason, refusalWords } from '../../../../src/domain/eligibility.js';
import type { OrganizationFacts } from '../../../../src/domain/organization.js';
import { type Answer, type Api, startApi } from '../../../support/api.js';
import {
  acceptTerms,
  currentDocuments,
  fieldsOf,
  issue,
  key,
  production,
  record,
  register,
  request,
  typeOf,
} from '../../../support/people.js';
import { accountCreated, claimed, eligible, expired, halted, payerAssigned, reissued } from '../../../support/story.js';

let api: Api;

beforeAll(async () => {
  api = await startApi();
  await register(api);
});
afterAll(() => api.close());

const post = (path: string, body?: unknown, headers = {}): Promise<Answer> =>
  api.call('administrator', 'POST', path, { body, headers });

const told = (answer: Answer) => [answer.status, typeOf(answer), fieldsOf(answer)];

const against: Readonly<Record<RefusalReason, Partial<OrganizationFacts>>> = {
  'not-billable': { billable: false },
  reseller: { reseller: true },
  'customer-of-reseller': { customerOfReseller: true },
  staff: { staff: true },
  demo: { demo: true },
  'no-office-in-territory': { officeTerritories: ['CA'] },
};

test.each(Object.entries(against))('an organization is refused for one reason: %s', async (reason, facts) => {
  const field = reason === 'no-office-in-territory' ? 'territory' : 'organization';
  const words = refusalWords[reason as RefusalReason];
  await register(api, 'globex', { ...eligible, ...facts });
  const options = await api.call('outsider', 'GET', '/v1/organizations/globex/options?territory=US');
  const ask = { body: production, headers: key(reason) };
  const answer = await api.call('outsider', 'POST', '/v1/organizations/globex/providers', ask);
  expect(told(answer)).toEqual([422, 'ineligible', [field]]);
  expect(answer.body).toMatchObject({ reasons: [{ reason, words }], contact: 'cloud-support@reseller.example' });
  expect(answer.body.detail).toContain(words);
  expect(options.body.items).toMatchObject([
    { origin: 'new', offered: false, reasons: [{ reason, words }] },
    { origin: 'migrated' },
    { origin: 'existing' },
  ]);
});

test('a refused request stays refused: with its key after the facts changed, and for every call on it', async () => {
  await register(api, 'globex', { ...eligible, demo: true });
  const ask = (k: string) =>
    api.call('outsider', 'POST', '/v1/organizations/globex/providers', { body: production, headers: key(k) });
  const { body } = await ask('refused-1');
  await register(api, 'globex');
  expect((await ask('refused-1')).body).toMatchObject({ id: body.id, stage: 'refused', reasons: [{ reason: 'demo' }] });
  expect((await ask('refused-2')).status).toBe(201);
  const documents = await currentDocuments(api);
  for (const [call, sent] of [
    ['terms-acceptance', { documents }],
    ['withdraw', {}],
    ['rename', { name: 'New' }],
    ['resume', {}],
    ['credentials/reveal', {}],
    ['credentials/reissue', {}],
    ['console-sessions', { role: 'read-only' }],
  ] as const) {
    const answer = await api.call('outsider', 'POST', `/v1/providers/${body.id}/${call}`, { body: sent });
    expect([call, ...told(answer)]).toEqual([call, 409, 'wrong-stage', ['id']]);
    expect(answer.body.detail).toMatch(/request was refused/);
  }
});

test('calls on a provider that was never requested find nothing', async () => {
  const documents = await currentDocuments(api);
  const nobody = '/v1/providers/00000000-0000-4000-8000-000000000000';
  for (const [call, sent] of [
    ['terms-acceptance', { documents }],
    ['withdraw', {}],
    ['rename', { name: 'New' }],
    ['resume', {}],
    ['credentials/reveal', {}],
    ['credentials/reissue', {}],
    ['console-sessions', { role: 'administrator' }],
  ] as const)
    expect([call, ...told(await post(`${nobody}/${call}`, sent))]).toEqual([call, 404, 'not-found', ['id']]);
  for (const read of ['', '/history', '/changes']) {
    const answer = await api.call('administrator', 'GET', `${nobody}${read}`);
    expect([read, ...told(answer)]).toEqual([read, 404, 'not-found', ['id']]);
  }
});

type Documents = { party: string; version: string; digest: string }[];

test.each<[string, (documents: Documents) => unknown[], string[]]>([
  ['an older version', ([a, b]) => [a, { ...b, version: '2001-01' }], ['documents[1].version']],
  ['another text', ([a, b]) => [{ ...a, digest: '0'.repeat(64) }, b], ['documents[0].digest']],
  ['one document', ([a]) => [a], ['documents']],
  ['none', () => [], ['documents', 'documents']],
  ['the same one twice', ([a, b]) => [a, b, b], ['documents[2].party']],
])('terms are refused for %s', async (_, accepted, fields) => {
  const id = await request(api, 'stale-1');
  const current = await currentDocuments(api);
  const answer = await post(`/v1/providers/${id}/terms-acceptance`, { documents: accepted(current) });
  expect(told(answer)).toEqual([409, 'stale-terms', fields]);
  expect(answer.body.current).toMatchObject(current);
});

test('a document with a member we do not know is refused', async () => {
  const id = await request(api, 'stale-1');
  const [first, second] = await currentDocuments(api);
  const documents = [first, { ...second, signedBy: 'Ada' }];
  const answer = await post(`/v1/providers/${id}/terms-acceptance`, { documents });
  expect(told(answer)).toEqual([400, 'invalid', ['documents[1].signedBy']]);
});

test('a withdrawal comes too late once a payer is assigned', async () => {
  const id = await request(api, 'late-1');
  await acceptTerms(api, id);
  await record(api, id, payerAssigned());
  const answer = await post(`/v1/providers/${id}/withdraw`);
  expect(told(answer)).toEqual([409, 'wrong-stage', ['id']]);
  expect(answer.body.detail).toMatch(/being created or may exist/);
});

test('a withdrawn provider can only be withdrawn again', async () => {
  const id = await request(api, 'withdrawn-1');
  const first = await post(`/v1/providers/${id}/withdraw`);
  expect((await post(`/v1/providers/${id}/withdraw`)).body).toEqual(first.body);
  for (const [call, sent] of [
    ['rename', { name: 'New' }],
    ['resume', {}],
    ['credentials/reveal', {}],
    ['credentials/reissue', {}],
    ['console-sessions', { role: 'read-only' }],
  ] as const) {
    const answer = await post(`/v1/providers/${id}/${call}`, sent);
    expect([call, ...told(answer)]).toEqual([call, 409, 'wrong-stage', ['id']]);
    expect(answer.body.detail).toMatch(/was withdrawn/);
  }
});

test('new credentials wait until a halted provider is resumed, and what does not halt is resumed to no effect', async () => {
  const id = await request(api, 'halted-1');
  await acceptTerms(api, id);
  const before = await post(`/v1/providers/${id}/resume`);
  expect([before.status, before.body.stage]).toEqual([200, 'accepted']);
  await issue(api, id, 'Correct-Horse-9-Battery');
  await record(api, id, halted('SettleCredentials'));
  const answer = await post(`/v1/providers/${id}/credentials/reissue`);
  expect(told(answer)).toEqual([409, 'wrong-stage', ['id']]);
  expect(answer.body.detail).toMatch(/resume it/);
});

test.each([
  ['were claimed', claimed(), /password of their own/],
  ['have expired', expired(), /expired/],
  ['are being made anew', reissued(2), /in a moment/],
])('credentials that %s are not shown', async (_, fact, words) => {
  const id = await request(api, fact.type);
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
  await record(api, id, fact);
  const answer = await post(`/v1/providers/${id}/credentials/reveal`);
  expect(told(answer)).toEqual([409, 'wrong-stage', ['id']]);
  expect(answer.body.detail).toMatch(words);
  expect(answer.text).not.toContain('Correct-Horse');
});

test('the console stays shut until the account is ready', async () => {
  const id = await request(api, 'console-1');
  await acceptTerms(api, id);
  await record(api, id, payerAssigned(), accountCreated());
  const answer = await post(`/v1/providers/${id}/console-sessions`, { role: 'read-only' });
  expect(told(answer)).toEqual([409, 'wrong-stage', ['id']]);
});

test.each([
  '/v1/terms?territory=ZZ',
  '/v1/terms',
  '/v1/terms?territory=',
  '/v1/terms?territory=US&territory=CA',
  '/v1/organizations/acme/options?territory=ZZ',
  '/v1/organizations/acme/options',
])('an unknown or missing territory is refused: %s', async (path) => {
  expect(told(await api.call('administrator', 'GET', path))).toEqual([400, 'invalid', ['territory']]);
});

test('a territory that is not served is told with those that are', async () => {
  const { body } = await api.call('administrator', 'GET', '/v1/terms?territory=ZZ');
  expect(body.errors).toEqual([{ field: 'territory', problem: 'ZZ is not served', allowed: 'US' }]);
});

test.each([['"text"'], ['7'], ['true'], ['[]']])('a body of another type is refused: %s', async (body) => {
  const id = await request(api, 'types-1');
  for (const call of ['rename', 'withdraw', 'terms-acceptance', 'console-sessions'])
    expect([call, ...told(await post(`/v1/providers/${id}/${call}`, body))]).toEqual([call, 400, 'invalid', ['body']]);
});

test.each<[string, string, unknown, string]>([
  ['rename', 'name', { name: { first: 'x' } }, 'is an object'],
  ['rename', 'name', { name: null }, 'is null'],
  ['terms-acceptance', 'documents', { documents: { party: 'aws' } }, 'is an object'],
  ['terms-acceptance', 'documents', { documents: Array(11).fill({}) }, 'has 11 elements'],
  ['credentials/reissue', 'resetMfa', { resetMfa: 'true' }, 'is "true"'],
  ['console-sessions', 'role', { role: ['read-only'] }, 'is a list'],
])('%s with a %s of the wrong type is told what it is: %j', async (call, field, body, problem) => {
  const id = await request(api, 'types-1');
  const answer = await post(`/v1/providers/${id}/${call}`, body);
  expect([answer.status, typeOf(answer)]).toEqual([400, 'invalid']);
  expect(answer.body.errors).toMatchObject([{ field, problem }]);
});

test('a name sent as a list and a key on two providers mean what they say', async () => {
  const [one, two] = [await request(api, 'keys-1'), await request(api, 'keys-2')];
  const rename = (id: string) => post(`/v1/providers/${id}/rename`, { name: 'Same' }, key('shared'));
  expect([(await rename(one)).status, (await rename(two)).status]).toEqual([200, 200]);
  const crossed = await post(`/v1/providers/${one}/withdraw`, {}, key('shared'));
  expect(told(crossed)).toEqual([422, 'idempotency-key-reused', ['Idempotency-Key']]);
  for (const bad of ['a b', 'ä', 'k'.repeat(256)]) {
    const answer = await post(
      `/v1/providers/${one}/rename`,
      { name: 'New' },
      key(encodeURI(bad) === bad ? bad : 'a b'),
    );
    expect(told(answer)).toEqual([400, 'invalid', ['Idempotency-Key']]);
  }
});
