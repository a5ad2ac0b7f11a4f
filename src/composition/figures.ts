/** The figures of the running service, put together, and served where the configuration says. */
import type { Dependencies } from '../application/dependencies.js';
import type { Config } from '../config/config.js';
import { auditFamily } from '../infrastructure/metrics/families/audit.js';
import { eventLogFamily } from '../infrastructure/metrics/families/event-log.js';
import { filesFamily } from '../infrastructure/metrics/families/files.js';
import { liveConnectionsFamily } from '../infrastructure/metrics/families/live-connections.js';
import { providersFamily } from '../infrastructure/metrics/families/providers.js';
import { queueFamily } from '../infrastructure/metrics/families/queue.js';
import { readModelsFamily } from '../infrastructure/metrics/families/read-models.js';
import { type ReadinessSource, readinessFamily } from '../infrastructure/metrics/families/readiness.js';
import { webhooksFamily } from '../infrastructure/metrics/families/webhooks.js';
import { type MetricsServer, serveMetrics } from '../infrastructure/metrics/metrics-server.js';
import type { OpenMetrics } from '../infrastructure/metrics/registry.js';
import { eventsUpTo } from './storage/storage.js';

type On = Pick<Dependencies, 'store' | 'readModels' | 'streams' | 'settings' | 'clock'>;

interface Figured {
  readonly on: On;
  readonly health: ReadinessSource;
  readonly audit: Parameters<typeof auditFamily>[0];
  readonly delivering: Parameters<typeof webhooksFamily>[0];
  readonly liveConnections: () => number;
  readonly data: string;
  readonly mayAct: () => boolean;
}

/** Has every family read when the figures are asked for. */
export function watchFigures(
  metrics: OpenMetrics,
  { on, health, audit, delivering, liveConnections, data, mayAct }: Figured,
): void {
  metrics.watch(readinessFamily(health));
  metrics.watch(eventLogFamily({ ...on, eventsUpTo, mayAct }));
  metrics.watch(auditFamily(audit));
  metrics.watch(filesFamily(data));
  metrics.watch(readModelsFamily({ ...on, eventsUpTo }));
  metrics.watch(queueFamily(on));
  metrics.watch(providersFamily(on));
  metrics.watch(liveConnectionsFamily(liveConnections));
  metrics.watch(webhooksFamily(delivering, () => on.clock.now()));
}

/** Watches the figures, and serves them unless the configuration names no port for them; throws when the address is taken. */
export async function serveFigures(
  metrics: OpenMetrics,
  figured: Figured,
  { host, port }: Config['metrics'],
): Promise<MetricsServer | undefined> {
  watchFigures(metrics, figured);
  if (port === undefined) return undefined;
  return serveMetrics(metrics, { host, port }).catch((error: unknown) => {
    throw Object.assign(error as Error, { section: 'metrics' });
  });
}
