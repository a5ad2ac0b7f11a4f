/** Spans around an append, a try at a step and a call to AWS: one within the other, told by what came of them, without words that may be secret. */

import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { observedTry } from '../../../src/application/processes/observed-try.js';
import { inSpan } from '../../../src/application/spans.js';
import { watched } from '../../../src/infrastructure/aws/calls/watched-calls.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openLog } from '../../../src/infrastructure/logging/pino-log.js';
import { meteredAppend } from '../../../src/infrastructure/metrics/metered-store.js';
import { openMetrics } from '../../../src/infrastructure/metrics/registry.js';
import { type RecordedSpans, recordSpans } from '../../support/recorded-spans.js';
import { SimulatedAws } from '../../support/simulated-payer.js';
import { halted, providerRequested } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let spans: RecordedSpans;
let aws: SimulatedAws;

beforeAll(() => {
  spans = recordSpans();
  aws = new SimulatedAws({}, Date.now());
});
beforeEach(() => void spans.taken());
afterAll(async () => {
  aws.close();
  await spans.stop();
});

const metrics = openMetrics();
const { signal } = new AbortController();
const named = (name: string) => spans.taken().filter((span) => span.name === name);

test('a call to AWS is a span of its own within the try at the step that makes it', async () => {
  const sts = watched(new STSClient(aws.as()), { metrics, region: 'us-east-1' });
  await observedTry(metrics, { id: 'p-1', step: 'CreateAccount' }, { signal }, async () => {
    await sts.send(new GetCallerIdentityCommand({}));
    return { kind: 'later', retryAfterMs: 1 };
  });
  const [call, step] = spans.taken();
  expect([call?.name, call?.kind, call?.attributes]).toEqual([
    'STS GetCallerIdentity',
    SpanKind.CLIENT,
    { 'rpc.system': 'aws-api', 'rpc.service': 'STS', 'rpc.method': 'GetCallerIdentity', 'cloud.region': 'us-east-1' },
  ]);
  expect([step?.name, step?.attributes]).toEqual([
    'step CreateAccount',
    { 'partner_cloud.id': 'p-1', 'partner_cloud.outcome': 'later' },
  ]);
  expect(call?.parentSpanContext?.spanId).toBe(step?.spanContext().spanId);
});

test('a refusal of AWS is told by its name and nothing of its words', async () => {
  const credentials = { accessKeyId: 'AKIASOMEBODYELSE', secretAccessKey: 'not-the-key' };
  const sts = watched(new STSClient(aws.as(credentials)), { metrics, region: 'us-east-1' });
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toThrow();
  const [call] = named('STS GetCallerIdentity');
  expect(call?.status).toEqual({ code: SpanStatusCode.ERROR });
  expect(call?.attributes['error.type']).toMatch(/^[A-Za-z]+$/);
  expect([call?.events, JSON.stringify(call?.attributes)]).toEqual([
    [],
    expect.not.stringContaining('AKIASOMEBODYELSE'),
  ]);
});

test('a fact that a try came to is told by its type', async () => {
  await observedTry(metrics, { id: 'p-1', step: 'CreateAccount' }, { signal }, async () => ({
    kind: 'fact',
    event: halted(),
  }));
  expect(named('step CreateAccount')[0]?.attributes['partner_cloud.outcome']).toBe('ProvisioningHalted');
});

test('an append tells of which kind its stream is and not whose, and a conflict by its name', async () => {
  const store = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const append = meteredAppend(store, metrics);
  const cause = { commandId: 'c', commandDigest: 'd', correlationId: 'x', actor: 'test#one', role: 'administrator' };
  const news = [{ event: providerRequested, cause, at: Date.now() }];
  await append('provider-7f3a91', -1, news);
  await expect(
    append('provider-7f3a91', -1, [{ ...news[0], cause: { ...cause, commandId: 'e' } } as never]),
  ).rejects.toThrow();
  const [first, second] = named('append');
  expect(first?.attributes).toEqual({ 'partner_cloud.stream': 'provider', 'partner_cloud.events': 1 });
  expect(second?.attributes['error.type']).toBe('RevisionConflict');
  await store.close();
});

test('lines of the log that are written within a span name its trace', async () => {
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  await inSpan({ name: 'some', attributes: {} }, async () => log.info({ step: 'LinkPayer' }, 'within'));
  log.info({}, 'without');
  const [span] = named('some');
  const [within, without] = lines.map((line) => JSON.parse(line));
  expect(within.traceId).toBe(span?.spanContext().traceId);
  expect(without).not.toHaveProperty('traceId');
});
