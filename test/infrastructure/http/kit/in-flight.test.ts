/** Requests under way are counted until nobody waits for their answers, however their connections end. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { InFlight } from '../../../../src/infrastructure/http/kit/in-flight.js';

const caller = { actor: 'i#s', subject: 's', organization: 'acme', roles: ['member'] } as const;
const most = 3;

let server: Server;
let client: Socket;
/** The connection as the server has it, and its requests in their order. */
let socket: Socket;
let asked: ServerResponse[];
let inFlight: InFlight;

beforeEach(async () => {
  inFlight = new InFlight(most);
  asked = [];
  server = createServer((_request, response) => void asked.push(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connected = once(server, 'connection');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined).resume();
  [socket] = (await connected) as [Socket];
});
afterEach(() => {
  client.destroy();
  server.close();
});

/** Asks so many times without waiting for an answer in between. */
async function ask(times: number): Promise<readonly ServerResponse[]> {
  const before = asked.length;
  client.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n'.repeat(times));
  while (asked.length < before + times) await once(server, 'request');
  return asked.slice(before);
}

async function cut(): Promise<void> {
  const closed = new Promise((resolve) => socket.once('close', resolve));
  client.destroy();
  await closed;
  // The answer is told after the connection.
  await new Promise((resolve) => setImmediate(resolve));
}

/** How many more may come in. */
async function room(): Promise<number> {
  const other = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  const before = asked.length;
  other.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n'.repeat(most));
  while (asked.length < before + most) await once(server, 'request');
  let entered = 0;
  try {
    for (const response of asked.slice(before)) if (inFlight.enter(caller, response)) entered++;
  } catch {
    // That was one too many.
  }
  for (const response of asked.slice(before)) inFlight.leave(response);
  other.destroy();
  return entered;
}

test('one whose client hung up before it was let in is not counted', async () => {
  const [request] = await ask(1);
  await cut();
  expect(request && inFlight.enter(caller, request)).toBe(false);
  expect(await room()).toBe(most);
});

test('those that wait behind another on a connection are counted no longer than it is open', async () => {
  for (const request of await ask(most)) expect(inFlight.enter(caller, request)).toBe(true);
  expect(await room()).toBe(0);
  await cut();
  expect(await room()).toBe(most);
});

test('one that was answered behind another that was not is counted no longer than the connection is open', async () => {
  const [first, second] = await ask(2);
  for (const request of [first, second]) expect(request && inFlight.enter(caller, request)).toBe(true);
  second?.end('answered');
  await cut();
  expect(await room()).toBe(most);
});

test('one that waits behind another of a connection that is gone is not counted', async () => {
  const requests = await ask(2);
  await cut();
  for (const request of requests) expect(inFlight.enter(caller, request)).toBe(false);
  expect(await room()).toBe(most);
});

test('each is counted once, and many on one connection leave nothing on it', async () => {
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warned);
  const many = new InFlight(1_000);
  const before = socket.listenerCount('close');
  for (let round = 0; round < 3; round++) {
    const requests = await ask(25);
    for (const request of requests) many.enter(caller, request);
    const last = requests.at(-1);
    const answered = last && once(last, 'close');
    for (const request of requests) request.end();
    await answered;
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', warned);
  expect([warnings, socket.listenerCount('close')]).toEqual([[], before]);
  for (const request of await ask(most)) expect(inFlight.enter(caller, request)).toBe(true);
  await cut();
  expect(await room()).toBe(most);
});

test('who has no organization is told of their own requests', async () => {
  const { organization, ...operator } = caller;
  const one = new InFlight(1);
  const [first, second, third, fourth] = await ask(4);
  if (!first || !second || !third || !fourth) throw new Error('not all came in');
  one.enter({ ...operator, organization: undefined }, first);
  expect(() => one.enter({ ...operator, organization: undefined }, second)).toThrow(/^You have 1 requests under way/);
  one.enter({ ...operator, organization }, third);
  expect(() => one.enter({ ...operator, organization }, fourth)).toThrow(/^Your organization has 1 /);
});
