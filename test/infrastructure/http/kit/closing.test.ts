/** Closing the server: what is under way is finished, and connections that carry nothing hold nothing up. */
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { providers } from '../../../../src/application/streams/aggregates.js';
import { type Api, startApi } from '../../../support/api.js';
import { register, request, typeOf } from '../../../support/people.js';

let api: Api;

beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

async function connected(): Promise<Socket> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket.setEncoding('utf8');
}

/** All that comes until the connection ends. */
async function restOf(socket: Socket): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of socket) chunks.push(String(chunk));
  return chunks.join('');
}

test('a connection that was opened and never used does not hold up closing', async () => {
  const unused = await connected();
  // The server has surely seen the connection once it has answered a later one.
  await api.call('nobody', 'GET', '/health/live');
  const ended = restOf(unused);
  await api.stopServing();
  expect(await ended).toBe('');
});

test('a connection that is kept alive after its request does not hold up closing', async () => {
  const kept = await connected();
  kept.write('GET /health/live HTTP/1.1\r\nhost: here\r\n\r\n');
  const chunks = kept[Symbol.asyncIterator]();
  expect((await chunks.next()).value).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"live"/);
  await api.stopServing();
  expect((await chunks.next()).done).toBe(true);
});

test('a request under way is answered before the server is closed', async () => {
  await register(api);
  const id = await request(api, 'closing-1');
  const body = '{"name":"Renamed"}';
  const token = await api.issuer.issue('administrator');
  const socket = await connected();
  const head = `POST /v1/providers/${id}/rename HTTP/1.1\r\nhost: here\r\nauthorization: Bearer ${token}\r\n`;
  socket.write(`${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n{`);
  await api.call('nobody', 'GET', '/health/live');
  const closed = api.stopServing();
  socket.write(body.slice(1));
  expect(await restOf(socket)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"Renamed"/);
  await closed;
});

test('a service that stops tells each new request to come again elsewhere, and still says that it lives', async () => {
  await register(api);
  const id = await request(api, 'stopping-1');
  const changes = await api.send('administrator', 'GET', `/v1/providers/${id}/changes`);
  api.refuse();
  const refused = await api.call('administrator', 'POST', `/v1/providers/${id}/withdraw`);
  expect([refused.status, typeOf(refused)]).toEqual([503, 'unavailable']);
  expect([refused.headers.get('retry-after'), refused.headers.get('connection')]).toEqual(['5', 'close']);
  expect((await api.call('nobody', 'GET', '/health/ready')).status).toBe(503);
  expect((await api.call('nobody', 'GET', '/health/live')).status).toBe(200);
  // A live connection is not a request that is waited for: it ends, so that its client can go elsewhere.
  expect(await changes.text()).toContain('ProviderRequested');
  expect((await api.dependencies.streams.load(providers, id)).state.stage).toBe('requested');
});
