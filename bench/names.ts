/** Every benchmark by its name, in the order in which they run; loaded only when it is its turn. */
import type { Benchmark } from './benchmark.js';

export const benchmarks = {
  'append-one': () => import('./append-one.js'),
  'commands-64': () => import('./commands-64.js'),
  'http-command': () => import('./http-command.js'),
  'http-status': () => import('./http-status.js'),
  'catch-up-status': () => import('./catch-up-status.js'),
  'catch-up-all': () => import('./catch-up-all.js'),
  'hash-check': () => import('./hash-check.js'),
  'flat-append': () => import('./flat-append.js'),
  'flat-list': () => import('./flat-list.js'),
  access: () => import('./access.js'),
  provision: () => import('./provision.js'),
  'queue-200': () => import('./queue-200.js'),
  eta: () => import('./eta.js'),
  tenants: () => import('./tenants.js'),
  'open-streams': () => import('./open-streams.js'),
  webhooks: () => import('./webhooks.js'),
  sweep: () => import('./sweep.js'),
  restart: () => import('./restart.js'),
  upgrade: () => import('./upgrade.js'),
  boot: () => import('./boot.js'),
  'audit-verify': () => import('./audit-verify.js'),
  'audit-export': () => import('./audit-export.js'),
  'audit-replay': () => import('./audit-replay.js'),
  'audit-proofs': () => import('./audit-proofs.js'),
  eventstoredb: () => import('./eventstoredb.js'),
  'time-travel': () => import('./time-travel.js'),
} as const satisfies Readonly<Record<string, () => Promise<{ readonly benchmark: Benchmark }>>>;

export type BenchmarkName = keyof typeof benchmarks;

export const benchmarkNames = Object.keys(benchmarks) as readonly BenchmarkName[];

export const isBenchmarkName = (name: string): name is BenchmarkName => Object.hasOwn(benchmarks, name);
