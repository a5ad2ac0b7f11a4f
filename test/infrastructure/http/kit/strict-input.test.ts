/** What comes is taken as it is or refused with what would be right; nothing is mended, and nothing costs before a token is checked. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { problemType } from '../../../../src/infrastructure/http/kit/problems.js';
import { type Api, startApi } from '../../../support/api.js';
import { fieldsOf, register, request, typeOf } from '../../../support/people.js';

let api: Api;
let id: string;
let token: string;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  id = await request(api, 'strict-1');
  token = await api.issuer.issue('administrator');
  await api.readModels.waitFor(String(api.store.head()), 5_000);
});
afterAll(() => api.close());

/** Sends bytes as they are and answers with all that comes back. */
function raw(...bytes: readonly (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const chunks: string[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.concat(bytes.map((b) => Buffer.from(b)))));
    socket.setEncoding('utf8').on('data', (chunk) => chunks.push(String(chunk)));
    socket.on('close', () => resolve(chunks.join(''))).on('error', reject);
  });
}

const problemIn = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

/** Renames with a body of these bytes and further header lines. */
async function renamed(body: string | Uint8Array, ...headers: readonly string[]) {
  const content = Buffer.from(body);
  const lines = [
    `POST /v1/providers/${id}/rename HTTP/1.1`,
    ...['host: x', 'connection: close', `authorization: Bearer ${token}`, `content-length: ${content.length}`],
    ...(headers.some((line) => line.startsWith('content-type')) ? [] : ['content-type: application/json']),
    ...headers,
  ];
  const answer = await raw(`${lines.join('\r\n')}\r\n\r\n`, content);
  return { status: Number(answer.slice(9, 12)), problem: problemIn(answer) };
}

test.each<[string, string | Uint8Array, string, string, string?]>([
  ['a member that is there twice', '{"name":"A","name":"B"}', 'malformed-body', 'name'],
  ['one that is there twice under an escape', '{"name":"A","n\\u0061me":"B"}', 'malformed-body', 'name'],
  ['bytes that are no UTF-8', Buffer.from([...Buffer.from('{"name":"'), 0xff, 0x22, 0x7d]), 'malformed-body', 'body'],
  ['a byte order mark', '\ufeff{"name":"A"}', 'malformed-body', 'body'],
  ['half a surrogate pair', '{"name":"\\ud800"}', 'invalid', 'name'],
  ['null', 'null', 'invalid', 'body'],
  ['a list', '[]', 'invalid', 'body'],
  ['a name of every object', '{"constructor":{"name":"A"}}', 'malformed-body', 'body'],
  ['the prototype', '{"__proto__":{"name":"A"}}', 'malformed-body', 'body'],
  ['a body that is nested deeply', `{"name":${'['.repeat(9_000)}${']'.repeat(9_000)}}`, 'malformed-body', 'body'],
  [
    'another charset',
    '{"name":"A"}',
    'unsupported-media-type',
    'Content-Type',
    'content-type: application/json; charset=latin1',
  ],
  ['a compressed body', '{"name":"A"}', 'unsupported-media-type', 'Content-Encoding', 'content-encoding: gzip'],
  ['two tokens', '{"name":"A"}', 'invalid', 'authorization', 'authorization: Bearer other'],
])('%s is refused by name', async (_, body, code, field, ...headers) => {
  const { problem } = await renamed(body, ...(headers.filter(Boolean) as string[]));
  expect([problem.type, problem.errors.map((wrong: { field: string }) => wrong.field)]).toEqual([
    problemType(code as Parameters<typeof problemType>[0]),
    [field],
  ]);
});

test('what only looks like a member twice is taken', async () => {
  const { status, problem } = await renamed('{"name":"a \\"name\\": b"}');
  expect([status, problem.name]).toEqual([200, 'a "name": b']);
});

test.each([
  ['?limit=05', 'limit'],
  ['?limit=1&limit=2', 'limit'],
  ['?stage=%zz', 'stage'],
  ['?stage=%ff', 'stage'],
  ['?%zz=1', 'query'],
  ['?=1', 'query'],
  ['?constructor=1', 'constructor'],
])('a query of %s is refused', async (query, field) => {
  const answer = await api.call('member', 'GET', `/v1/organizations/acme/providers${query}`);
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([400, 'invalid', [field]]);
});

test('an answer does not grow with what was wrong', async () => {
  const members = Array.from({ length: 4_000 }, (_, n) => [`${'x'.repeat(n === 0 ? 9_000 : 1)}${n}`, 1]);
  const answer = await api.call('administrator', 'POST', `/v1/providers/${id}/rename`, {
    body: Object.fromEntries(members),
  });
  expect(fieldsOf(answer)).toHaveLength(20);
  expect(answer.body.detail).toMatch(/ And 3981 more\.$/);
  expect(answer.text.length).toBeLessThan(8_000);
});

test('without a token no body is looked at, and a fault of a stranger is one line of information', async () => {
  const before = api.lines.length;
  const send = (path: string) => api.call('nobody', 'POST', path, { body: '{ broken' });
  expect((await send(`/v1/providers/${id}/rename`)).status).toBe(401);
  expect((await send('/v1/nothing')).status).toBe(404);
  const broken = await api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: '{ broken' });
  expect([broken.status, typeOf(broken)]).toEqual([400, 'malformed-body']);
  const lines = api.lines.slice(before).map((line) => JSON.parse(line));
  expect(lines.map(({ level, msg, status }) => [level, msg, status])).toEqual([
    ['info', 'request', 401],
    ['info', 'request', 404],
    ['info', 'request', 400],
  ]);
  expect(api.lines.slice(before).join('')).not.toMatch(/stack|broken/);
});

test('HEAD is offered wherever GET is, with the headers of the answer and without its body', async () => {
  for (const path of ['/health/live', '/v1/territories', `/v1/providers/${id}`]) {
    const [head, get] = [await api.call('member', 'HEAD', path), await api.call('member', 'GET', path)];
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length']) expect(head.headers.get(name)).toBe(get.headers.get(name));
  }
  const live = await api.call('member', 'HEAD', `/v1/providers/${id}/changes`);
  expect([live.status, live.text, live.headers.get('content-type')]).toEqual([
    200,
    '',
    'text/event-stream; charset=utf-8',
  ]);
  expect((await api.call('nobody', 'HEAD', `/v1/providers/${id}`)).status).toBe(401);
});

test.each([
  ['an expectation', 'GET /health/live HTTP/1.1\r\nhost: x\r\nexpect: banana\r\n\r\n', 417, 'expectation-failed'],
  ['no Host', 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'invalid'],
  ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n', 405, 'method-not-allowed'],
] as const)('%s is answered with a problem', async (_, bytes, status, code) => {
  const answer = await raw(bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
  expect(problemIn(answer)).toMatchObject({ type: problemType(code), status });
});
