/** The figures of the whole service: in the format, all of them documented, none that names a customer or grows with them. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readModelNames } from '../../src/application/ports/read-model-health.js';
import { type Exposed, exposed, metricOf } from '../support/prometheus.js';
import {
  acceptedProvider,
  credentialsOf,
  type Grounds,
  prepare,
  type RunningService,
  startRunning,
} from '../support/service.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';
import { until } from '../support/waiting.js';

let aws: RunningSimulator;
let grounds: Grounds;
let service: RunningService;
let providerId: string;
let accountId: string;
let text: string;
let figures: Exposed;

const scraped = async (): Promise<string> => (await fetch(service.metricsUrl ?? '')).text();
const figureOf = (name: string, labels: Readonly<Record<string, string>> = {}, of = figures): number | undefined =>
  of.samples.find(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value;

beforeAll(async () => {
  aws = await startSimulator();
  const prepared = await prepare(aws.url);
  grounds = { ...prepared, env: { ...prepared.env, PARTNER_CLOUD_METRICS_PORT: '0' } };
  service = await startRunning(grounds);
  providerId = await acceptedProvider(service.api, grounds.tokens);
  accountId = (await credentialsOf(service.api, grounds.tokens, providerId)).account?.id ?? '';
  await fetch(`${service.url}/v1/providers/${providerId}`);
  await fetch(`${service.url}/v1/nowhere/${providerId}`);
  // The steps that follow the credentials are done too, so that nothing new happens from here on.
  text = await until(
    scraped,
    (scrape) =>
      figureOf('partner_cloud_providers', { stage: 'active' }, exposed(scrape)) === 1 &&
      figureOf('partner_cloud_owed_oldest_seconds', {}, exposed(scrape)) === 0,
  );
  figures = exposed(text);
}, 60_000);
afterAll(async () => {
  await service.stop();
  await aws.close();
});

test('every metric is documented, and every documented one is there', () => {
  const documented = [
    ...readFileSync('docs/operations/metrics.md', 'utf8').matchAll(/`((?:partner_cloud|process|nodejs)_\w+)`/g),
  ];
  const names = new Set(documented.map(([, name]) => name));
  expect([...figures.types.keys()].filter((name) => !names.has(name))).toEqual([]);
  expect([...names].filter((name) => !figures.types.has(name ?? ''))).toEqual([]);
});

test('what happened is counted', () => {
  expect(figureOf('partner_cloud_ready')).toBe(1);
  expect(figureOf('partner_cloud_part_failing', { part: 'event-log' })).toBe(0);
  expect(figureOf('partner_cloud_part_degraded', { part: 'vault' })).toBe(0);
  expect(figureOf('partner_cloud_log_events')).toBeGreaterThan(10);
  expect(figureOf('partner_cloud_log_writable')).toBe(1);
  expect(figureOf('partner_cloud_log_append_seconds_count', { outcome: 'recorded' })).toBeGreaterThan(5);
  expect(figureOf('partner_cloud_http_refused_total', { reason: 'unauthenticated' })).toBe(1);
  expect(figureOf('partner_cloud_http_refused_total', { reason: 'not-found' })).toBe(1);
  expect(figureOf('partner_cloud_aws_calls_total', { operation: 'CreateAccount', outcome: 'answered' })).toBe(1);
  expect(figureOf('partner_cloud_command_seconds_count', { command: 'RequestProvider', outcome: 'done' })).toBe(1);
  expect(figureOf('partner_cloud_step_seconds_count', { step: 'CreateAccount', outcome: 'AccountCreated' })).toBe(1);
  expect(figureOf('partner_cloud_log_acting')).toBe(1);
  expect(figureOf('partner_cloud_queue_length')).toBe(0);
  expect(figureOf('partner_cloud_payer_free_slots', { payer: 'payer-1' })).toBe(5);
  expect(figureOf('partner_cloud_payer_paused', { payer: 'payer-2' })).toBe(0);
  const stopped = figures.samples.filter(({ name }) => name === 'partner_cloud_read_model_stopped');
  expect(stopped.map(({ value }) => value)).toEqual(readModelNames.map(() => 0));
  expect(figureOf('partner_cloud_file_bytes', { file: 'events.db' })).toBeGreaterThan(0);
  expect(figureOf('partner_cloud_disk_free_bytes')).toBeGreaterThan(0);
  expect(figureOf('partner_cloud_owed_oldest_seconds')).toBe(0);
});

test('no figure names a customer, a person or an account', () => {
  for (const secret of [providerId, accountId, 'acme', 'u-7f3a91c04be2', 'Production', 'accounts.reseller.example'])
    expect(text).not.toContain(secret);
});

/** Each label of ours with how it may look; all of them are sets that the program or its configuration fixes. */
const labelled: Readonly<Record<string, RegExp>> = {
  part: /^[a-z][a-z-]*(-\d+)?$/,
  payer: /^payer-[12]$/,
  stage: /^[a-z]+$/,
  reason: /^[a-z][a-z-]*$/,
  kind: /^[a-z][a-z-]*$/,
  read_model: /^[a-z-]+-\d+$/,
  file: /^(read-models\/)?[a-z-]+(-\d+)?\.db(-wal)?$/,
  method: /^[A-Z]+$/,
  route: /^(none|\/[a-z0-9/:-]*)$/i,
  status: /^[1-5]\d\d$/,
  service: /^[A-Z][A-Za-z0-9]+$/,
  operation: /^[A-Za-z0-9]+$/,
  outcome: /^([a-z-]+|[A-Z][A-Za-z]+)$/,
  command: /^[A-Z][A-Za-z]+$/,
  step: /^[A-Z][A-Za-z0-9]+$/,
  le: /^(\+Inf|[\d.]+)$/,
};

test('labels take values of fixed sets alone', () => {
  const own = figures.samples.filter(({ name }) => name.startsWith('partner_cloud_'));
  const strange = own.flatMap(({ name, labels }) =>
    Object.entries(labels)
      .filter(([label, value]) => !labelled[label]?.test(value))
      .map((pair) => [name, ...pair]),
  );
  expect(strange).toEqual([]);
});

test('asking for more providers and paths adds no series', async () => {
  const seriesOf = (of: Exposed) =>
    of.samples.filter(({ name }) => name.startsWith('partner_cloud_') && !metricOf(name, of.types).includes('file'))
      .length;
  const before = seriesOf(figures);
  for (let n = 0; n < 20; n++) await fetch(`${service.url}/v1/nowhere/${n}`);
  for (let n = 0; n < 20; n++) await fetch(`${service.url}/v1/providers/00000000-0000-4000-8000-0000000000${n + 10}`);
  expect(seriesOf(exposed(await scraped()))).toBe(before);
});
