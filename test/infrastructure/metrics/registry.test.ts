/** Figures in one registry: counted as they come, read when asked for, and served on an address of their own. */
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { TooManyAppends } from '../../../src/application/ports/event-store-errors.js';
import { family, only } from '../../../src/infrastructure/metrics/family.js';
import { meteredAppend } from '../../../src/infrastructure/metrics/metered-store.js';
import { meteredVault } from '../../../src/infrastructure/metrics/metered-vault.js';
import { serveMetrics } from '../../../src/infrastructure/metrics/metrics-server.js';
import { type OpenMetrics, openMetrics } from '../../../src/infrastructure/metrics/registry.js';
import { openSqliteVault } from '../../../src/infrastructure/vault/sqlite-vault.js';
import { exposed } from '../../support/prometheus.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const valuesOf = async (metrics: OpenMetrics, name: string) =>
  exposed(await metrics.text())
    .samples.filter((sample) => sample.name === name)
    .map(({ labels, value }) => ({ ...labels, value }));

test('each count and each measured time is told with its labels, whatever they hold', async () => {
  const metrics = openMetrics();
  metrics.count('partner_cloud_http_refused_total', { reason: 'not "found"\\\n' });
  metrics.count('partner_cloud_http_refused_total', { reason: 'invalid' });
  metrics.count('partner_cloud_http_refused_total', { reason: 'invalid' });
  metrics.measure('partner_cloud_log_append_seconds', { outcome: 'recorded' }, 0.003);
  expect(await valuesOf(metrics, 'partner_cloud_http_refused_total')).toEqual([
    { reason: 'not "found"\\\n', value: 1 },
    { reason: 'invalid', value: 2 },
  ]);
  expect(await valuesOf(metrics, 'partner_cloud_log_append_seconds_sum')).toEqual([
    { outcome: 'recorded', value: 0.003 },
  ]);
});

test('two applications in one process count apart', async () => {
  const [one, other] = [openMetrics(), openMetrics()];
  one.count('partner_cloud_log_flaws_total', {});
  expect(await valuesOf(one, 'partner_cloud_log_flaws_total')).toEqual([{ value: 1 }]);
  expect(await valuesOf(other, 'partner_cloud_log_flaws_total')).toEqual([{ value: 0 }]);
});

test('a family that cannot be read is left out until it can, and takes no other figure with it', async () => {
  const metrics = openMetrics();
  let readable = true;
  metrics.watch(
    family({ some_figure: { help: 'Some.', labels: ['of'] } }, () => {
      if (!readable) throw new Error('not now');
      return { some_figure: [{ labels: { of: 'it' }, value: 4 }] };
    }),
  );
  metrics.watch(family({ another: { help: 'Another.' } }, () => ({ another: only(1) })));
  expect(await valuesOf(metrics, 'some_figure')).toEqual([{ of: 'it', value: 4 }]);
  readable = false;
  expect(await valuesOf(metrics, 'some_figure')).toEqual([]);
  expect(await valuesOf(metrics, 'another')).toEqual([{ value: 1 }]);
  readable = true;
  expect(await valuesOf(metrics, 'some_figure')).toEqual([{ of: 'it', value: 4 }]);
});

test('figures are read once for all who ask meanwhile', async () => {
  const metrics = openMetrics();
  let reads = 0;
  metrics.watch(family({ reads: { help: 'Reads.' } }, async () => ({ reads: only(++reads) })));
  await Promise.all([metrics.text(), metrics.text(), metrics.text()]);
  expect(reads).toBe(1);
});

test('an append is timed by what came of it, the narrower kind first', async () => {
  const metrics = openMetrics();
  const append = meteredAppend(
    {
      append: async () => {
        throw new TooManyAppends('full');
      },
    },
    metrics,
  );
  await expect(append('s', -1, [])).rejects.toThrow(TooManyAppends);
  expect(await valuesOf(metrics, 'partner_cloud_log_append_seconds_count')).toEqual([
    { outcome: 'queue-full', value: 1 },
  ]);
});

test('a vault that cannot be used is told of until it can, an entry that was changed is not', async () => {
  const metrics = openMetrics();
  const key = new Uint8Array(32).fill(7);
  const file = `${temporaryFolder()}/vault.db`;
  let vault = openSqliteVault({ file, key });
  const { verbs, health } = meteredVault({ ...vault, get: (...asked) => vault.get(...asked) }, metrics);
  await verbs.putIfAbsent('name', 1, 'secret');
  expect(health.degraded()).toBeUndefined();
  vault.close();
  await expect(verbs.get('name', 1)).rejects.toThrow();
  expect(health.degraded()).toMatch(/^The vault has not been usable since 2/);
  vault = openSqliteVault({ file, key });
  expect(await verbs.get('name', 1)).toEqual({ state: 'kept', value: 'secret' });
  expect(health.degraded()).toBeUndefined();
  expect(await valuesOf(metrics, 'partner_cloud_vault_failures_total')).toEqual([{ operation: 'get', value: 1 }]);
  vault.close();
});

test('figures are served at /metrics alone, to be read alone', async () => {
  const metrics = openMetrics();
  const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
  try {
    const answer = await fetch(server.url);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(exposed(await answer.text()).types.size).toBeGreaterThan(20);
    expect((await fetch(server.url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(new URL('/', server.url))).status).toBe(404);
    await expect(serveMetrics(metrics, { host: '127.0.0.1', port: Number(new URL(server.url).port) })).rejects.toThrow(
      /EADDRINUSE/,
    );
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.end('garbage\r\n\r\n');
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 400/);
  } finally {
    await server.close();
  }
});
