/** What a connection may take before anybody is known: slow, large, many and never ending requests are answered and ended. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fastifyAdapter } from '../../../../src/infrastructure/http/kit/adapter.js';
import { type ProblemCode, problemType } from '../../../../src/infrastructure/http/kit/problems.js';
import { wireLimits } from '../../../../src/infrastructure/http/kit/wire-limits.js';
import { type Api, startApi } from '../../../support/api.js';
import { register, request } from '../../../support/people.js';

const limits = { headersWithinMs: 150, requestWithinMs: 400, lookEveryMs: 10, idleWithinMs: 150, pipelined: 4 };

let api: Api;
let id: string;
let token: string;

beforeAll(async () => {
  api = await startApi({}, undefined, { wire: limits });
  await register(api);
  id = await request(api, 'wire-1');
  token = await api.issuer.issue('administrator');
});
afterAll(() => api.close());

async function connected(): Promise<Socket> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket.setEncoding('utf8');
}

/** All that comes until the service ends the connection. */
async function until(socket: Socket): Promise<string> {
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  await new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
  return received;
}

/** Sends, and takes all that comes until the service ends the connection. */
async function raw(...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = await connected();
  const answer = until(socket);
  for (const part of parts) socket.write(part);
  return answer;
}

/** Sends the text a byte at a time for as long as anybody listens; the last byte never comes. */
async function drip(text: string): Promise<string> {
  const socket = await connected();
  const answer = until(socket);
  let at = 0;
  const dripping = setInterval(() => {
    if (socket.writable && at < text.length - 1) socket.write(text[at++] ?? '');
  }, 15);
  try {
    return await answer;
  } finally {
    clearInterval(dripping);
    socket.destroy();
  }
}

const live = 'GET /health/live HTTP/1.1\r\nhost: here\r\n';
const head = (length: string) =>
  `POST /v1/providers/${id}/rename HTTP/1.1\r\nhost: here\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n${length}\r\n\r\n`;

/** The answers in what came, each as its status and body. */
function answers(received: string): [number, Readonly<Record<string, unknown>>][] {
  return received
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((text) => text !== '')
    .map((text) => [Number(text.slice(9, 12)), JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))]);
}

/** That the one answer is this problem, and names the limit. */
function expectOnly(received: string, status: number, code: ProblemCode, allowed: RegExp): void {
  expect(answers(received)).toEqual([[status, expect.objectContaining({ type: problemType(code), status })]]);
  expect(received.toLowerCase()).toContain('connection: close');
  expect(answers(received)[0]?.[1].errors).toEqual([
    expect.objectContaining({ allowed: expect.stringMatching(allowed) }),
  ]);
}

test('headers that come byte by byte are given up', async () => {
  expectOnly(
    await drip(`${live}x-slow: ${'z'.repeat(5_000)}\r\n\r\n`),
    408,
    'request-timeout',
    /0\.15 s for its headers/,
  );
});

test('a request that stops in its headers is given up', async () => {
  expectOnly(await raw(live), 408, 'request-timeout', /0\.4 s for all of it/);
});

test('a connection on which nothing is ever sent is given up', async () => {
  expect(await raw()).toMatch(/^$|^HTTP\/1\.1 408 /);
});

test('a body that comes byte by byte is given up, and what it asked for is not done', async () => {
  const before = api.store.head();
  const body = JSON.stringify({ name: 'x'.repeat(60) });
  const socket = await connected();
  const answer = until(socket);
  socket.write(head(`content-length: ${body.length}`));
  let at = 0;
  const dripping = setInterval(() => socket.writable && at < body.length - 1 && socket.write(body[at++] ?? ''), 30);
  expectOnly(await answer, 408, 'request-timeout', /0\.4 s for all of it/);
  clearInterval(dripping);
  expect(api.store.head()).toEqual(before);
});

test('a request whose body never comes is given up, also without a length', async () => {
  for (const length of ['content-length: 12', 'transfer-encoding: chunked'])
    expectOnly(await raw(head(length), ...(length.startsWith('t') ? ['1\r\n{\r\n'] : [])), 408, 'request-timeout', /./);
});

test('headers that are too large are refused, in one piece as in many', async () => {
  const large = `x-large: ${'x'.repeat(wireLimits.headerBytes)}\r\n\r\n`;
  expectOnly(await raw(live, large), 431, 'headers-too-large', /at most 16384 bytes/);
  const many = Array.from({ length: 90 }, (_, n) => `x-${n}: ${'x'.repeat(200)}\r\n`).join('');
  expectOnly(await raw(live, many, '\r\n'), 431, 'headers-too-large', /at most 16384 bytes/);
  expectOnly(await raw(`GET /${'p'.repeat(20_000)} HTTP/1.1\r\nhost: here\r\n\r\n`), 431, 'headers-too-large', /bytes/);
});

test('too many headers are refused, and as many as are allowed are taken', async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `x-${n}: 1\r\n`).join('');
  const most = wireLimits.headerCount - 2;
  const taken = await raw(`${live}connection: close\r\n${lines(most)}\r\n`);
  expect(answers(taken)).toEqual([[200, { status: 'live' }]]);
  expectOnly(await raw(`${live}${lines(most + 2)}\r\n`), 431, 'headers-too-large', /at most 100 headers/);
  // More than Node would keep: the token behind them must not be dropped without a word.
  expectOnly(
    await raw(`${live}${'a:b\r\n'.repeat(2_500)}authorization: Bearer x\r\n\r\n`),
    431,
    'headers-too-large',
    /100/,
  );
});

test('a body that is too large is refused, whether its length is told or not', async () => {
  const { bodyBytes } = wireLimits;
  const told = await raw(head(`content-length: ${bodyBytes + 1}\r\nconnection: close`), 'x'.repeat(bodyBytes + 1));
  const chunk = `${(bodyBytes + 1).toString(16)}\r\n${'x'.repeat(bodyBytes + 1)}\r\n0\r\n\r\n`;
  const untold = await raw(head('transfer-encoding: chunked\r\nconnection: close'), chunk);
  for (const received of [told, untold]) expectOnly(received, 413, 'body-too-large', /at most 65536 bytes/);
});

test('two lengths that say different things, which proxies read differently, are refused', async () => {
  const both = `content-length: 5\r\ntransfer-encoding: chunked`;
  for (const length of [both, 'content-length: 5\r\ncontent-length: 6', 'transfer-encoding: chunked, identity'])
    expectOnly(
      await raw(head(length), '0\r\n\r\nGET /health/live HTTP/1.1\r\nhost: here\r\n\r\n'),
      400,
      'invalid',
      /HTTP/,
    );
});

test('requests that are sent before the last was answered are answered in their order', async () => {
  const unknown = 'GET /nowhere HTTP/1.1\r\nhost: here\r\n';
  const received = await raw(`${live}\r\n${unknown}\r\n${live}connection: close\r\n\r\n`);
  expect(answers(received).map(([status]) => status)).toEqual([200, 404, 200]);
});

test('of too many requests at once on a connection no more is answered, and it is ended', async () => {
  const received = answers(await raw(`${live}\r\n`.repeat(50)));
  expect(received.map(([status]) => status)).toEqual([200, 200, 200, 200, 429]);
  expect(received.at(-1)?.[1]).toMatchObject({ type: problemType('rate-limited'), errors: [{ field: 'requests' }] });
});

test('a request that cannot be read does not spoil the answer to the one before it', async () => {
  const received = answers(await raw(`${live}\r\nNONSENSE\r\n\r\n`));
  expect(received.at(-1)?.[0]).toBe(400);
});

test('a connection that is kept alive without a request is closed without a word, and one that is used is not', async () => {
  const socket = await connected();
  const answer = until(socket);
  const asked = 3;
  let sent = 0;
  const ask = (): void => {
    if (sent++ < asked) socket.write(`${live}\r\n`);
  };
  socket.on('data', ask);
  ask();
  expect(answers(await answer).map(([status]) => status)).toEqual(Array(asked).fill(200));
});

test('the limits in production are those that docs/api.md names', () => {
  const { headersTimeout, requestTimeout, keepAliveTimeout } = fastifyAdapter().getInstance().server;
  expect([headersTimeout, requestTimeout, keepAliveTimeout]).toEqual([30_000, 30_000, 72_000]);
  expect(wireLimits).toMatchObject({ headerBytes: 16_384, headerCount: 100, bodyBytes: 65_536, pipelined: 32 });
});
