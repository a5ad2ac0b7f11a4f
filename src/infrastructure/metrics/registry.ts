/** All figures of one application in one registry: what it counts as it goes, and the families that are read when they are asked for. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../../application/ports/metrics.js';
import { counters, durations } from './counted.js';
import type { Family } from './family.js';

export interface OpenMetrics extends Metrics {
  /** The figures of this family are told from now on. */
  watch(family: Family): void;
  /** All figures in the text format of Prometheus; who asks while they are read gets the same. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Opens an empty registry with what Node says of its process. */
export function openMetrics(): OpenMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counted = new Map(
    Object.entries(counters).map(([name, { help, labels }]) => [
      name,
      new Counter({ name, help, labelNames: labels, registers: [registry] }),
    ]),
  );
  const measured = new Map(
    Object.entries(durations).map(([name, { help, labels, buckets }]) => [
      name,
      new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [registry] }),
    ]),
  );
  const families: { readonly family: Family; readonly gauges: ReadonlyMap<string, Gauge> }[] = [];
  let reading: Promise<string> | undefined;
  async function read(): Promise<string> {
    await Promise.all(families.map(({ family, gauges }) => refresh(family, gauges)));
    return registry.metrics();
  }
  return {
    contentType: registry.contentType,
    count: (name, labels) => counted.get(name)?.inc(labels),
    measure: (name, labels, seconds) => measured.get(name)?.observe(labels, seconds),
    watch: (family) => void families.push({ family, gauges: gaugesOf(family, registry) }),
    text() {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

const gaugesOf = ({ gauges }: Family, registry: Registry): ReadonlyMap<string, Gauge> =>
  new Map(
    Object.entries(gauges).map(([name, { help, labels = [] }]) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );

/** What cannot be read now is not told, so that no old figure passes for a present one. */
async function refresh(family: Family, gauges: ReadonlyMap<string, Gauge>): Promise<void> {
  const samples = await Promise.resolve()
    .then(() => family.read())
    .catch(() => undefined);
  for (const [name, gauge] of gauges) {
    gauge.reset();
    for (const { labels = {}, value } of samples?.[name] ?? []) gauge.set(labels, value);
  }
}
