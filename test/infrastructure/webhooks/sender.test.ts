/** What a request to a receiver is like, and what comes of it whatever the receiver does. */
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import type { LookupAll } from '../../../src/infrastructure/webhooks/names.js';
import { openSender } from '../../../src/infrastructure/webhooks/sender.js';
import { signatureBy } from '../../../src/infrastructure/webhooks/signature.js';
import { openTargets } from '../../../src/infrastructure/webhooks/targets.js';
import { type Answering, type Receiver, startReceiver, status } from '../../support/receiver.js';

let receiver: Receiver | undefined;
afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

const [first, second] = [1, 2].map((n) => `whsec_${Buffer.alloc(32, n).toString('base64')}`) as [string, string];
const loopback = openTargets(['127.0.0.0/8']);
const message = (url: string) => ({ id: 'msg-1', url, body: '{"type":"test"}', secrets: [second, first] });
const never = new AbortController().signal;

async function sent(answering: Answering, timeoutMs = 10_000) {
  receiver = await startReceiver(answering);
  return openSender({ targets: loopback, timeoutMs, now: () => 1_614_265_330_000 }).send(message(receiver.url), never);
}

/** Source: Standard Webhooks, reference implementations, `test_sign_function`. */
test('the signature is the one of the published example', () => {
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  expect(signatureBy('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', signed)).toBe(signature);
});

test('a request carries id, time and a signature by each secret, and a 2xx is what it answers', async () => {
  expect(await sent(status(204))).toEqual({ status: 204 });
  const [{ headers, body } = { headers: {}, body: '' }] = receiver?.received ?? [];
  expect(body).toBe('{"type":"test"}');
  const signed = { id: 'msg-1', timestamp: 1_614_265_330, body };
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': 'msg-1',
    'webhook-timestamp': '1614265330',
    'webhook-signature': `${signatureBy(second, signed)} ${signatureBy(first, signed)}`,
  });
});

test('a redirect is not followed', async () => {
  const away: Answering = (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
  expect(await sent(away)).toEqual({ status: 302 });
  expect(receiver?.received.map(({ path }) => path)).toEqual(['/in']);
});

test('one that answers too slowly is not waited for, and one whose answer never ends counts by its status', async () => {
  expect(await sent(() => undefined, 50)).toEqual({ error: 'No answer came within 0.05 seconds.' });
  await receiver?.close();
  const endless: Answering = (_, response) => {
    response.writeHead(200);
    const more = (): boolean => response.write('x'.repeat(16_384), () => setImmediate(more));
    more();
  };
  expect(await sent(endless)).toEqual({ status: 200 });
});

test('one that is not there, or hangs up, is told in words without its address', async () => {
  expect(await sent((_, response) => response.destroy())).toEqual({
    error: 'The receiver closed the connection without an answer.',
  });
  const url = String(receiver?.url);
  await receiver?.close();
  const sender = openSender({ targets: loopback });
  expect(await sender.send(message(url), never)).toEqual({ error: 'The receiver refuses connections.' });
});

test('one that wants to speak another protocol has answered, and its connection is closed', async () => {
  const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n';
  const server = createServer((socket) =>
    socket.on('error', () => undefined).once('data', () => socket.write(upgrade)),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const sender = openSender({ targets: loopback });
  expect(await sender.send(message(`http://127.0.0.1:${port}/`), never)).toEqual({ status: 101 });
  await new Promise((closed) => server.close(closed));
});

/** Answers each look-up with the next of these addresses. */
function resolving(...answers: readonly string[][]) {
  let asked = 0;
  const look = (_host: string, _options: object, done: (error: null, found: object[]) => void): void => {
    const found = (answers[asked++] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    queueMicrotask(() => done(null, found));
  };
  return { look: look as unknown as LookupAll, asked: () => asked };
}

const publicAlone = { allows: openTargets([]).allows };
const nothingSent = { error: 'The address is not public, so nothing was sent.' };

test.each([
  ['https://hooks.customer.example/', [['127.0.0.1']]],
  ['https://hooks.customer.example/', [['93.184.215.14', '169.254.169.254']]],
  ['https://127.0.0.1/', []],
  ['https://[::1]/', []],
])('%s that leads to %p is not called', async (url, answers) => {
  const { look } = resolving(...answers);
  expect(await openSender({ targets: publicAlone, lookup: look }).send(message(url), never)).toEqual(nothingSent);
});

test('a name that is public first and inside next is looked up once, and the connection goes to what was checked', async () => {
  receiver = await startReceiver();
  // What stands for a public address is on this machine too; the second answer would reach the receiver.
  const { look, asked } = resolving(['127.0.0.2'], ['127.0.0.1']);
  const allows = (address: string): boolean => address === '127.0.0.2';
  const sender = openSender({ targets: { allows }, lookup: look });
  const url = `http://hooks.customer.example:${receiver.port}/`;
  expect(await sender.send(message(url), never)).toEqual({ error: 'The receiver refuses connections.' });
  expect([asked(), receiver.received]).toEqual([1, []]);
  expect(await sender.send(message(url), never)).toEqual(nothingSent);
});
