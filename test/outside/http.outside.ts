/** What a stranger, a browser and a careless client send, and what they are told. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sendRaw } from './support/raw.js';
import { settingsWith } from './support/settings.js';
import { Stage } from './support/stage.js';

const origin = 'https://console.example';
const facts = { billable: true, reseller: false, customerOfReseller: false, staff: false, demo: false };

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.prepare();
  stage.grounds.env.PARTNER_CLOUD_CONFIG = settingsWith(stage.grounds.folder, [
    'allowedOrigins: []',
    `allowedOrigins: ['${origin}']`,
  ]);
  await stage.start();
});
afterAll(() => stage.close());

const providers = '/v1/organizations/acme/providers';
const request = (name: string, idempotencyKey: string) =>
  stage.call('administrator', 'POST', providers, {
    body: { name, origin: 'new', territory: 'US' },
    headers: { 'idempotency-key': idempotencyKey },
  });

test('F17: HEAD is answered wherever there is GET, with the same headers and no body', async () => {
  for (const path of ['/health/live', '/health/ready', '/v1/territories']) {
    const get = await stage.call('member', 'GET', path);
    const head = await stage.call('member', 'HEAD', path);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
  }
});

test('F18: broken JSON without a token is refused before it is read, in one line of information without a stack', async () => {
  const before = stage.lines.length;
  const { status } = await stage.call(undefined, 'POST', providers, { body: '{"name": ' });
  expect(status).toBe(401);
  expect((await stage.call('administrator', 'POST', providers, { body: '{"name": ' })).status).toBe(400);
  await stage.call('member', 'GET', '/v1/territories');
  const lines = stage.lines.slice(before).map((line) => JSON.parse(line));
  expect(lines.filter(({ status: answered }) => answered === 401)).toHaveLength(1);
  expect(lines.filter(({ level }) => level !== 'info')).toEqual([]);
  expect(JSON.stringify(lines)).not.toMatch(/\bat .*\.js:\d+/);
});

test('F19: a name is one name in either form of Unicode, and so is a request that is sent again', async () => {
  await stage.call('service', 'PUT', '/v1/organizations/acme', { body: { ...facts, officeTerritories: ['US'] } });
  const name = 'Zürich Café';
  const composed = await request(name.normalize('NFC'), 'cafe');
  const decomposed = await request(name.normalize('NFD'), 'cafe');
  expect([composed.status, decomposed.status]).toEqual([201, 201]);
  expect(decomposed.body.id).toBe(composed.body.id);
  const found = await stage.call('operator', 'GET', `/v1/providers?name=${encodeURIComponent('zurich cafe')}`);
  expect(found.body.items).toMatchObject([{ id: composed.body.id, name: name.normalize('NFC') }]);
});

test.each([
  ['a member that is there twice', '{"name":"A","name":"B","origin":"new","territory":"US"}'],
  ['half a surrogate pair', '{"name":"\\ud800","origin":"new","territory":"US"}'],
  ['a member that the call does not know', '{"name":"A","origin":"new","territory":"US","colour":"red"}'],
  ['text where a name is a number', '{"name":7,"origin":"new","territory":"US"}'],
])('F20: %s is refused and not mended', async (_what, body) => {
  const { status, body: problem } = await stage.call('administrator', 'POST', providers, {
    body,
    headers: { 'idempotency-key': 'mended' },
  });
  expect([status, problem.status]).toEqual([400, 400]);
});

test('F21: a page of an origin that is allowed may call, another may not', async () => {
  const preflight = (from: string) =>
    stage.call(undefined, 'OPTIONS', providers, {
      headers: { origin: from, 'access-control-request-method': 'POST' },
    });
  expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBe(origin);
  expect((await preflight('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
});

test('F36: a long row of wrong members costs a short answer, and a long body without a token is not read', async () => {
  const wrong = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`member-${index}`, index]));
  const answer = await stage.call('administrator', 'POST', providers, {
    body: wrong,
    headers: { 'idempotency-key': 'wrong' },
  });
  expect(answer.status).toBe(400);
  expect(answer.text.length).toBeLessThan(10_000);
  expect(answer.body.detail).toMatch(/more/);
});

const problemOf = (answer: string): [string, string] => [
  answer.slice(0, answer.indexOf('\r\n')),
  /^content-type: (.*)\r$/im.exec(answer)?.[1] ?? '',
];

test.each([
  ['an expectation that nobody meets', 'GET /health/live HTTP/1.1\r\nhost: here\r\nexpect: banana\r\n\r\n', 417],
  ['a request without a host', 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
  ['a tunnel', 'CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: elsewhere.example\r\n\r\n', 405],
])('F38: %s is answered with a problem document', async (_what, text, status) => {
  const [line, type] = problemOf(await sendRaw(stage.grounds.url, text));
  expect([line, type]).toEqual([
    expect.stringContaining(`HTTP/1.1 ${status} `),
    expect.stringContaining('application/problem+json'),
  ]);
});

test('the pages for people load everything from here, and browsers are told to load nothing from elsewhere', async () => {
  const page = await stage.call(undefined, 'GET', '/docs');
  expect(page.headers.get('content-security-policy')).toMatch(
    /default-src 'none'; script-src 'self'; style-src 'self'/,
  );
  const named = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = '']) => name);
  expect(named).toHaveLength(3);
  for (const name of [...named, '/openapi.json']) {
    const { status, headers } = await stage.call(undefined, 'GET', name);
    expect([name, status, headers.get('x-content-type-options')]).toEqual([name, 200, 'nosniff']);
    expect(headers.get('content-type')).toMatch(/^(text\/(javascript|css)|application\/json); charset=utf-8$/);
  }
});

test('every answer tells browsers that it is data', async () => {
  for (const path of ['/health/live', '/v1/territories', '/nowhere']) {
    const { headers } = await stage.call(undefined, 'GET', path);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect([headers.get('x-frame-options'), headers.get('referrer-policy')]).toEqual(['DENY', 'no-referrer']);
  }
});
