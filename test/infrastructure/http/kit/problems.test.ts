/** Every error is a problem, also those that never reach a route; reads wait for positions; the log stays free of people and secrets. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { problemType, problemTypes } from '../../../../src/infrastructure/http/kit/problems.js';
import { type Api, startApi } from '../../../support/api.js';
import { acceptTerms, fieldsOf, issue, key, production, register, request, typeOf } from '../../../support/people.js';

let api: Api;

beforeAll(async () => {
  api = await startApi();
  await register(api);
});
afterAll(() => api.close());

/** Sends bytes as they are and answers with all that comes back. */
function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const chunks: string[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk) => chunks.push(String(chunk)));
    socket.on('close', () => resolve(chunks.join(''))).on('error', reject);
  });
}

test('a path that leads nowhere is a problem', async () => {
  const answer = await api.call('nobody', 'GET', '/v2/nothing');
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([404, 'not-found', ['path']]);
});

test('a method that is not offered says which are', async () => {
  const answer = await api.call('administrator', 'DELETE', '/v1/organizations/acme/providers');
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([405, 'method-not-allowed', ['method']]);
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
});

test('a path that cannot be decoded or is too long is a problem', async () => {
  const garbled = await api.call('administrator', 'GET', '/v1/providers/%zz/history');
  expect([garbled.status, typeOf(garbled), fieldsOf(garbled)]).toEqual([400, 'invalid', ['path']]);
  const long = await api.call('administrator', 'GET', `/v1/providers/${'7'.repeat(200)}/history`);
  expect([long.status, typeOf(long), fieldsOf(long)]).toEqual([414, 'path-too-long', ['path']]);
});

test('bytes that are no HTTP, and headers that are too large, are problems', async () => {
  const garbled = await raw('NONSENSE\r\n\r\n');
  expect(garbled).toMatch(/^HTTP\/1\.1 400 /);
  expect(JSON.parse(garbled.slice(garbled.indexOf('{')))).toMatchObject({ type: problemType('invalid'), status: 400 });
  const large = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(large).toMatch(/^HTTP\/1\.1 431 /);
});

test('an id of another form is refused, one that is unknown is not found', async () => {
  const wrong = await api.call('member', 'GET', '/v1/providers/7');
  expect([wrong.status, fieldsOf(wrong)]).toEqual([400, ['id']]);
  const unknown = await api.call('member', 'GET', '/v1/providers/00000000-0000-4000-8000-000000000000');
  expect([unknown.status, typeOf(unknown), fieldsOf(unknown)]).toEqual([404, 'not-found', ['id']]);
});

test.each([
  ['?limit=0', 'limit'],
  ['?limit=201', 'limit'],
  ['?limit=ten', 'limit'],
  ['?cursor=a%20b', 'cursor'],
  ['?cursor=nonsense', 'cursor'],
  ['?stage=unknown', 'stage'],
  ['?stage=requested&stage=ready', 'stage'],
  ['?sort=account', 'sort'],
  ['?minPosition=7', 'minPosition'],
  ['?minPosition=another-log:7', 'minPosition'],
])('a list asked for with %s is refused', async (query, field) => {
  const answer = await api.call('member', 'GET', `/v1/organizations/acme/providers${query}`);
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([400, 'invalid', [field]]);
});

test('a list is read page by page, newest first', async () => {
  const ids = [];
  for (const n of [1, 2, 3]) ids.push(await request(api, `page-${n}`));
  const { body } = await acceptTerms(api, String(ids[0]));
  const page = async (query: string) =>
    (await api.call('member', 'GET', `/v1/organizations/acme/providers${query}`)).body as {
      items: { id: string }[];
      next?: string;
    };
  const first = await page(`?limit=2&minPosition=${body.position}`);
  const second = await page(`?limit=2&cursor=${first.next}`);
  expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(second.next).toBeUndefined();
  expect((await page('?stage=accepted')).items.map(({ id }) => id)).toEqual([ids[0]]);
});

test('a history is read page by page, and a cursor of another log is refused', async () => {
  const id = await request(api, 'history-1');
  const { body } = await acceptTerms(api, id);
  const page = (query: string) => api.call('auditor', 'GET', `/v1/providers/${id}/history${query}`);
  const first = await page(`?limit=1&minPosition=${body.position}`);
  const second = await page(`?limit=1&cursor=${first.body.next}`);
  expect([first.body.items, second.body.items]).toMatchObject([
    [{ type: 'ProviderRequested' }],
    [{ type: 'TermsAccepted' }],
  ]);
  expect(fieldsOf(await page('?cursor=another-log:1'))).toEqual(['cursor']);
});

test('readiness tells what is missing', async () => {
  expect((await api.call('nobody', 'GET', '/health/ready')).body).toEqual({
    ok: true,
    degraded: [],
    checks: { log: { ok: true } },
    lagSeconds: 0,
  });
  api.readiness.ok = false;
  api.readiness.checks.log = { ok: false, detail: 'the disk is full' };
  const answer = await api.call('nobody', 'GET', '/health/ready');
  Object.assign(api.readiness, { ok: true, checks: { log: { ok: true } } });
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([503, 'unavailable', ['log']]);
  expect(answer.body.checks).toEqual({ log: { ok: false, detail: 'the disk is full' } });
});

test("the caller's own request id is kept when it is sane", async () => {
  const sent = (id: string) => api.call('nobody', 'GET', '/health/live', { headers: { 'x-request-id': id } });
  expect((await sent('trace-7')).headers.get('x-request-id')).toBe('trace-7');
  expect((await sent('not sane {}')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('a log that cannot be written is a problem to try again, and a fault of ours tells nothing but its trace', async () => {
  const broken = await startApi();
  await register(broken);
  const id = await request(broken, 'broken-1');
  await broken.store.close();
  const refused = await broken.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name: 'New' } });
  expect([refused.status, typeOf(refused), refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
  broken.db.models['provider-status'].current.db.exec('DROP TABLE provider_status');
  const fault = await broken.call('administrator', 'GET', `/v1/providers/${id}`);
  expect([fault.status, typeOf(fault), fault.body.errors]).toEqual([500, 'internal', []]);
  expect(fault.text).not.toMatch(/table|sqlite/i);
  const logged = broken.lines.find((line) => line.includes(String(fault.body.traceId)) && line.includes('"error"'));
  expect(logged).toMatch(/no such table/);
  await broken.close();
});

test('the log names no person, no secret and no name that a customer chose', async () => {
  const id = await request(api, 'quiet-1');
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
  await api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name: 'Secret Plan' } });
  await api.call('administrator', 'POST', `/v1/providers/${id}/credentials/reveal`);
  await api.call('member', 'POST', '/v1/organizations/acme/providers?token=abc', {
    body: production,
    headers: key('q'),
  });
  const token = await api.issuer.issue('administrator');
  const log = api.lines.join('');
  expect(log).toContain('/v1/providers/:id/credentials/reveal');
  expect(log).not.toMatch(/Ada|acme\.example|Correct-Horse|Secret Plan|token=abc|eyJ/);
  expect(log).not.toContain(token.split('.')[2]);
});

test('the guide lists every kind of problem with its status', () => {
  const guide = readFileSync('docs/api.md', 'utf8');
  const rows = Object.entries(problemTypes).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
});

test('a part that is degraded is named, and takes nothing out of service', async () => {
  api.readiness.checks.log = { ok: true, detail: 'is slow' };
  const answer = await api.call('nobody', 'GET', '/health/ready');
  api.readiness.checks.log = { ok: true };
  expect([answer.status, answer.body.degraded]).toEqual([200, ['log']]);
});
