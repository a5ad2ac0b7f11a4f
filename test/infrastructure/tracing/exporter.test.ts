/** Spans reach a collector by OTLP over HTTP where the environment names one, and nothing is loaded where it does not. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { inSpan } from '../../../src/application/spans.js';
import { InvalidArguments } from '../../../src/composition/start/start-options.js';
import { startTracing } from '../../../src/composition/start/tracing.js';

const silent = { info() {}, warn() {}, error() {} };
const { OTEL_EXPORTER_OTLP_ENDPOINT: before } = process.env;
afterEach(() => {
  if (before === undefined) delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
});

test('without an address there is no tracing, and one that is none is refused', async () => {
  expect(await startTracing({}, silent)).toBeUndefined();
  expect(
    await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' }, silent),
  ).toBeUndefined();
  const wrong = startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, silent);
  await expect(wrong).rejects.toThrow(InvalidArguments);
  await expect(wrong).rejects.toThrow(/^OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" is no address; allowed: /);
});

test.each([
  ['http://me:hush/hush@collector:none', 'http://collector:none'],
  ['http://me:hu@sh@collector:none', 'http://collector:none'],
  ['me:hush@collector:4318', 'collector:4318'],
])('%s is refused without the password in it', async (address, told) => {
  const wrong = startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: address }, silent);
  await expect(wrong).rejects.toThrow(`OTEL_EXPORTER_OTLP_ENDPOINT: "${told}" is no address`);
});

test('what was within a span when the service stops is still sent, under the name of the service', async () => {
  const received: string[] = [];
  const collector = createServer(async (request, response) => {
    received.push(`${request.url} ${await text(request)}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const tracing = await startTracing(process.env, silent);
  await inSpan({ name: 'command RequestProvider', attributes: {} }, async () => undefined);
  await tracing?.close();
  collector.closeAllConnections();
  collector.close();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatch(/^\/v1\/traces .*"command RequestProvider"/);
  expect(received[0]).toContain('"stringValue":"partner-cloud"');
});
