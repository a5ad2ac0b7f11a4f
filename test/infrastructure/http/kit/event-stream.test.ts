/** One connection of live changes over a real socket: slow readers are waited for, cut or dismissed, and never fill the memory. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { HistoryEntry } from '../../../../src/application/history/history.js';
import { openEventStream } from '../../../../src/infrastructure/http/kit/event-stream.js';
import { type LiveLimits, liveLimits } from '../../../../src/infrastructure/http/kit/live-limits.js';

let server: Server;
let reader: Socket;
let raw: ServerResponse;

/** A reader that has asked and takes nothing until it is told to. */
beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const asked = new Promise<ServerResponse>((resolve) => server.once('request', (_, response) => resolve(response)));
  reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
  reader.on('error', () => undefined).pause();
  reader.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  raw = await asked;
});
afterEach(() => {
  reader.destroy();
  server.close();
});

const opened = (limits: Partial<LiveLimits> = {}) => openEventStream(raw, 'trace', { ...liveLimits, ...limits });

const entry = (place: number, size = 10): HistoryEntry => ({
  position: `log:${place}`,
  id: String(place),
  type: 'ProviderRenamed',
  at: '2026-11-24T00:00:00.000Z',
  actor: 'i#s',
  role: 'administrator',
  causationId: 'c',
  correlationId: 'p',
  data: { name: 'x'.repeat(size) },
});

const megabyte = 1_048_576;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** More than any kernel keeps for one connection. */
function fill(): void {
  raw.write(`: ${'x'.repeat(64 * megabyte)}\n\n`);
}

/** All that comes until the connection ends. */
async function restOf(socket: Socket): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of socket.setEncoding('utf8')) chunks.push(String(chunk));
  return chunks.join('');
}

test('a reader that is too far behind is cut off', async () => {
  const stream = opened();
  let pushed = 0;
  while (!raw.destroyed && pushed < 100) {
    stream.push(entry(pushed++, megabyte));
    await turn();
  }
  await stream.gone;
  expect(pushed).toBeLessThan(100);
});

test('the past is sent at the pace of its reader', async () => {
  const stream = opened();
  fill();
  let sent = false;
  const written = stream.write(entry(1)).then(() => {
    sent = true;
  });
  await turn();
  expect(sent).toBe(false);
  reader.resume();
  await written;
  expect(raw.writableLength).toBe(0);
});

test('a reader that leaves does not hold up who writes to it', async () => {
  const stream = opened();
  fill();
  const written = stream.write(entry(1));
  reader.destroy();
  await Promise.all([written, stream.gone]);
});

test('what comes after the end is not sent, and the slow reader still gets the rest', async () => {
  const stream = opened();
  fill();
  const failures: Error[] = [];
  raw.on('error', (error) => failures.push(error));
  stream.end();
  stream.push(entry(1));
  await stream.write(entry(2));
  stream.end();
  const tail = (await restOf(reader)).slice(-1_000);
  expect(failures).toEqual([]);
  expect(tail).not.toContain('ProviderRenamed');
  expect(tail).toMatch(/x{100}\n\n\r\n0\r\n\r\n$/);
});

test('a reader that takes nothing does not keep its connection after the end', async () => {
  const stream = opened({ farewellMs: 1 });
  fill();
  stream.end();
  await stream.gone;
  expect(raw.destroyed).toBe(true);
});

test('a connection ends after its time, and the client comes again', async () => {
  opened({ longestMs: 1 });
  expect(await restOf(reader)).toContain('retry: 2000');
});
