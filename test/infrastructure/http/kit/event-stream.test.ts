/** One connection of live changes over a real socket: slow readers are waited for, cut or dismissed, and never fill the memory. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { HistoryEntry } from '../../../../src/application/history/history.js';
import { type EventStream, openEventStream } from '../../../../src/infrastructure/http/kit/event-stream.js';
import { type LiveLimits, liveLimits } from '../../../../src/infrastructure/http/kit/live-limits.js';
import { OpenStreams } from '../../../../src/infrastructure/http/kit/open-streams.js';

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

const opened = (limits: Partial<LiveLimits> = {}, lastsMs?: number) =>
  openEventStream(raw, 'trace', { ...liveLimits, ...limits }, lastsMs);

const gone = (stream: EventStream) => new Promise<void>((resolve) => stream.onGone(resolve));

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

/** Resolves when nothing waits to be sent. */
async function sent(response: ServerResponse): Promise<void> {
  while (response.writableLength > 0) await turn();
}

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

test.each([
  ['of a token that is good for longer', Number.POSITIVE_INFINITY, 60],
  ['of one that expires before that', 31_000, 3],
  ['of one that has just expired', -1, 1],
])('a connection %s ends at the heartbeat after its time', (_, lastsMs, beats) => {
  const stream = opened({ heartbeatMs: 15_000, longestMs: 900_000 }, lastsMs);
  for (let beat = 1; beat < beats; beat++) stream.beat();
  expect(stream.ended).toBe(false);
  stream.beat();
  expect(stream.ended).toBe(true);
});

test('a reader that is too far behind is cut off', async () => {
  const stream = opened();
  let pushed = 0;
  while (!raw.destroyed && pushed < 100) {
    stream.push(entry(pushed++, megabyte));
    await turn();
  }
  await gone(stream);
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
  await Promise.all([written, gone(stream)]);
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
  await gone(stream);
  expect(raw.destroyed).toBe(true);
});

test('who waits for a slow reader is no listener of its connection any more once it goes on', async () => {
  const stream = opened();
  const listeners = () => [raw.listenerCount('drain'), raw.listenerCount('close')];
  const before = listeners();
  fill();
  const written = stream.write(entry(1));
  reader.resume();
  await written;
  expect(listeners()).toEqual(before);
});

test('a connection is kept alive until its time is over, and the client comes again', async () => {
  const stream = opened({ heartbeatMs: 10, longestMs: 30 });
  const rest = restOf(reader);
  for (const isEnded of [false, false, true, true]) {
    await sent(raw);
    stream.beat();
    expect(stream.ended).toBe(isEnded);
  }
  const told = await rest;
  expect(told).toContain('retry: 2000');
  expect(told.match(/: still here/g)).toHaveLength(2);
});

test('a reader that left before its answer began is gone at once', async () => {
  reader.destroy();
  await new Promise((resolve) => raw.once('close', resolve));
  const streams = new OpenStreams(liveLimits);
  const stream = opened();
  streams.add(stream);
  await gone(stream);
  await stream.write(entry(1));
  expect([stream.ended, streams.size]).toEqual([true, 0]);
});

test('a connection takes its turn at every heartbeat until it is gone', async () => {
  const streams = new OpenStreams({ heartbeatMs: 3 });
  streams.add(opened({ heartbeatMs: 3, longestMs: 30 }));
  expect(streams.size).toBe(1);
  expect((await restOf(reader)).match(/: still here/g)).toHaveLength(9);
  expect(streams.size).toBe(0);
});
