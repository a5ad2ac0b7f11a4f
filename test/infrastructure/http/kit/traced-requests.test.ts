/** A caller's trace runs through what it asked for: answers, log lines, recorded facts, and spans below its own. */

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { type Api, startApi } from '../../../support/api.js';
import { key, production, register } from '../../../support/people.js';
import { type RecordedSpans, recordSpans } from '../../../support/recorded-spans.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${spanId}-01`;

let spans: RecordedSpans;
let api: Api;
beforeAll(async () => {
  spans = recordSpans();
  api = await startApi();
  await register(api);
});
beforeEach(() => void spans.taken());
afterAll(async () => {
  await api.close();
  await spans.stop();
});

const request = (headers: Readonly<Record<string, string>>) =>
  api.call('administrator', 'POST', '/v1/organizations/acme/providers', { body: production, headers });

test('what is recorded is correlated with it, and the command is a span below that of the caller', async () => {
  const answer = await request({ ...key('traced-1'), traceparent });
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([201, traceId]);
  const history = await api.call(
    'administrator',
    'GET',
    `/v1/providers/${answer.body.id}/history?minPosition=${answer.body.position}`,
  );
  const [requested] = history.body.items as readonly { readonly type: string; readonly correlationId: string }[];
  expect(requested).toMatchObject({ type: 'ProviderRequested', correlationId: traceId });
  const [command, served] = spans.taken();
  expect([served?.name, served?.kind, served?.spanContext().traceId, served?.parentSpanContext?.spanId]).toEqual([
    'POST /v1/organizations/:organization/providers',
    SpanKind.SERVER,
    traceId,
    spanId,
  ]);
  expect(served?.attributes).toMatchObject({ 'http.response.status_code': 201, 'partner_cloud.request_id': traceId });
  expect([command?.name, command?.parentSpanContext?.spanId]).toEqual([
    'command RequestProvider',
    served?.spanContext().spanId,
  ]);
});

test('a problem and the line of the request in the log name it', async () => {
  const answer = await api.call('administrator', 'GET', '/v1/providers/00000000-0000-4000-8000-000000000000', {
    headers: { traceparent },
  });
  expect([answer.status, answer.body.traceId]).toEqual([404, traceId]);
  expect(api.lines.filter((line) => line.includes(traceId) && line.includes('"request"')).length).toBeGreaterThan(0);
});

test('without one, or with one that is not valid, facts are correlated with what they are about', async () => {
  const answer = await request({
    ...key('traced-2'),
    traceparent: `00-${'0'.repeat(32)}-${spanId}-01`,
    'x-request-id': 'ours-1',
  });
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([201, 'ours-1']);
  const history = await api.call(
    'administrator',
    'GET',
    `/v1/providers/${answer.body.id}/history?minPosition=${answer.body.position}`,
  );
  expect((history.body.items as readonly object[])[0]).toMatchObject({ correlationId: answer.body.id });
  expect(spans.taken().map(({ parentSpanContext }) => parentSpanContext?.spanId)).not.toContain(spanId);
});
