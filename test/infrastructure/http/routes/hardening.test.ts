/** The hardening of an account in use over HTTP: what is shown, what may be asked for, and which exceptions are granted. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hardenings, providers } from '../../../../src/application/streams/aggregates.js';
import { type Api, startApi } from '../../../support/api.js';
import { fieldsOf, register, request, typeOf } from '../../../support/people.js';
import { active } from '../../../support/story.js';

let api: Api;
let id: string;
let requested: string;
beforeAll(async () => {
  api = await startApi();
  await register(api);
  [id, requested] = [await request(api, 'in-use'), await request(api, 'requested')];
  await api.record(providers, id, ...active.slice(1));
});
afterAll(() => api.close());

const user = 'user%2FAIDAEXAMPLE%2Fglobal';
const of = (provider: string, path: string) => `/v1/providers/${provider}/${path}`;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const grant = (object: string, body: object) =>
  api.call('operator', 'PUT', of(id, `exceptions/${object}`), { body: { owner: 'u-1', reason: 'A test.', ...body } });

test('what a look has found is shown, and what is wrong above the account to the reseller alone', async () => {
  const findings = [{ object: 'role/CTLOperationsRole/global', changes: ['trust rewritten'], repair: 'now' as const }];
  await api.record(hardenings, id, {
    type: 'DriftDetected',
    findings,
    guardrails: ['CTLGuardrailBilling is attached nowhere'],
  });
  const shown = await api.call('member', 'GET', of(id, 'hardening'));
  expect(shown.body).toMatchObject({ id, state: 'drifted', findings: [{ ...findings[0], since: expect.any(String) }] });
  expect(shown.body).not.toHaveProperty('guardrails');
  const reseller = await api.call('auditor', 'GET', of(id, 'hardening'));
  expect(reseller.body).toMatchObject({ guardrails: ['CTLGuardrailBilling is attached nowhere'] });
});

test('a look is asked for of an account in use, and of no other', async () => {
  expect((await api.call('administrator', 'POST', of(id, 'hardening-checks'))).status).toBe(202);
  expect((await api.call('administrator', 'POST', of(requested, 'hardening-checks'))).status).toBe(409);
  expect((await api.call('member', 'GET', of(requested, 'hardening'))).status).toBe(409);
});

test('an exception is granted once, shown with who answers for it, and taken back', async () => {
  const until = inDays(30);
  const granted = await grant(user, { until });
  expect([granted.status, granted.body]).toMatchObject([
    200,
    { exceptions: [{ object: 'user/AIDAEXAMPLE/global', owner: 'u-1', reason: 'A test.', until }] },
  ]);
  expect((await grant(user, { until })).body.position).toBe(granted.body.position);
  const revoked = await api.call('operator', 'DELETE', of(id, `exceptions/${user}`));
  expect([revoked.status, revoked.body]).toMatchObject([200, { exceptions: [] }]);
});

test('an exception that was decided on what has changed since is refused, and overwrites nothing', async () => {
  const seen = await api.call('operator', 'GET', of(id, 'hardening'));
  const tag = String(seen.headers.get('etag'));
  expect(tag).toBe(`"${seen.body.position}"`);
  const decide = (method: string, etag: string, reason = 'A test.') =>
    api.call('operator', method, of(id, `exceptions/${user}`), {
      headers: { 'if-match': etag },
      ...(method === 'PUT' && { body: { owner: 'u-1', reason, until: inDays(30) } }),
    });
  const granted = await decide('PUT', tag);
  expect([granted.status, granted.headers.get('etag')]).toEqual([200, `"${granted.body.position}"`]);
  for (const late of [await decide('PUT', tag, 'Another.'), await decide('DELETE', tag)])
    expect([late.status, typeOf(late), fieldsOf(late)]).toEqual([412, 'changed-since', ['If-Match']]);
  expect((await decide('PUT', 'nonsense')).status).toBe(400);
  const revoked = await decide('DELETE', String(granted.headers.get('etag')));
  expect([revoked.status, revoked.body.exceptions]).toEqual([200, []]);
});

test('an exception is granted as the first one alone where nothing may be overwritten', async () => {
  const other = 'user%2FAIDASECOND%2Fglobal';
  const first = (reason: string, onlyNew = '*') =>
    api.call('operator', 'PUT', of(id, `exceptions/${other}`), {
      headers: { 'if-none-match': onlyNew },
      body: { owner: 'u-1', reason, until: inDays(30) },
    });
  expect((await first('Ours.')).status).toBe(200);
  const late = await first('Theirs.');
  expect([late.status, typeOf(late), fieldsOf(late)]).toEqual([412, 'changed-since', ['If-None-Match']]);
  const { exceptions } = (await api.call('operator', 'GET', of(id, 'hardening'))).body;
  expect(exceptions).toMatchObject([{ object: 'user/AIDASECOND/global', reason: 'Ours.' }]);
  expect((await first('Ours.', '"a:1"')).status).toBe(400);
});

test.each([
  ['a time that has passed', user, { until: inDays(-1) }, 400, 'until'],
  ['more than a year', user, { until: inDays(366) }, 400, 'until'],
  ['an owner with an e-mail address', user, { until: inDays(1), owner: 'bob@acme.example' }, 400, 'owner'],
  ['an object that is none', 'trail%2Fother%2Fus-east-1', { until: inDays(1) }, 404, 'object'],
  ['an object of another form', 'trail', { until: inDays(1) }, 400, 'object'],
])('%s is refused', async (_, object, body, status, field) => {
  const refused = await grant(object, body);
  expect([refused.status, refused.body.errors]).toMatchObject([status, [{ field }]]);
});
