/** The read models as queries use them: each read is answered from its own, whatever becomes of the others. */
import type { Clock } from '../application/ports/clock.js';
import { type Position } from '../application/ports/event-store.js';
import { requireOwn } from '../application/ports/event-store-errors.js';
import type { Log } from '../application/ports/log.js';
import { readModelNames } from '../application/ports/read-model-health.js';
import { type ReadModels, ReadModelsUnavailable } from '../application/ports/read-models.js';
import { providers, streamOf } from '../application/streams/aggregates.js';
import type { Quarantine } from '../domain/quarantine.js';
import type { Waiting } from '../domain/queue/queue.js';
import { type FedVersion, healthOf } from './engine/fed-version.js';
import type { FillElsewhere } from './engine/feeding.js';
import type { LogEntry } from './engine/projection.js';
import { startProjector } from './engine/projector.js';
import type { ReadableLog } from './engine/read-model.js';
import { serve } from './engine/serving.js';
import { openWaiters } from './engine/waiters.js';
import { keepPace } from './provider-status/pace.js';
import { keepQueue, type QueueReads } from './queue.js';
import { fedVersionsIn, type OpenReadModels, type ReadModelFiles } from './read-model-table.js';
import { lookUp, type SetAsideOf } from './set-aside.js';

export interface ReadModelOptions {
  readonly log?: Log | undefined;
  readonly clock?: Clock | undefined;
  /** Where to fill what is far behind the log; without it that is done in this thread. */
  readonly elsewhere?: FillElsewhere | undefined;
}

/** Starts filling the read models in open files and answers with a way to read them. */
export function startReadModels(
  store: ReadableLog,
  { models }: ReadModelFiles,
  signal: AbortSignal,
  options: ReadModelOptions = {},
): ReadModels & { readonly ended: Promise<void> } {
  const waiters = openWaiters();
  const served = serveAll(models, store, (fed) => projector.drop(fed));
  const setAside = lookUp(() => projector.quarantine());
  const kept = keepReads(served, store, () => projector.quarantine(), setAside);
  const projector = startProjector(store, fedVersionsIn(models), {
    ...options,
    signal,
    moved(fed, entries) {
      kept.changed(fed, served[fed.model].moved(fed) ? undefined : entries);
      waiters.check();
    },
  });
  return {
    ...readsOf(served, setAside),
    ...kept.reads,
    quarantined: (id) => setAside(streamOf(providers, id)),
    setAside: () => Object.values(projector.quarantine().setAside),
    async waitFor(position, timeoutMs, signal, of = readModelNames) {
      // Refused here if it is another log's: readers that have read nothing yet compare it with nothing.
      requireOwn(store, position);
      const isReached = (): boolean => of.every((name) => holds(store, served[name].version(), position));
      return waiters.until(isReached, timeoutMs, signal);
    },
    health: () => readModelNames.flatMap((name) => served[name].health()),
    served: (name) => healthOf(served[name].version(), true),
    ended: projector.ended,
  };
}

/** What is read from several read models, or is asked for far more often than it changes. */
function keepReads(served: Served, store: ReadableLog, decisions: () => Quarantine, setAside: SetAsideOf) {
  const status = () => served['provider-status'].reads();
  const isInUse = ({ providerId }: Waiting): boolean => !setAside(streamOf(providers, providerId));
  const queueReads: QueueReads = {
    waiting: () => status().waiting().filter(isInUse),
    place(providerId) {
      const place = status().place(providerId);
      return place?.waits && !isInUse(place.waits) ? { ...place, waits: undefined } : place;
    },
    share: (organization) => served['payer-load'].reads().share(organization),
  };
  const { queue, queueWith, line, ...kept } = keepQueue(queueReads, decisions, store.compare);
  const pace = keepPace(() => status().pace());
  const paceRange = keepPace(() => served.statistics.reads().paceRange());
  // A guess can do without; a status must not fail for the file of another read model.
  const rangeIfKnown = () => unlessUnavailable(paceRange.read, {});
  return {
    reads: { queue, queueWith, line, pace: pace.read, paceRange: rangeIfKnown },
    /** Hears what a version took in, or `undefined` where its rows were changed otherwise or another version took over. */
    changed({ model }: FedVersion, entries: readonly LogEntry[] | undefined): void {
      if (model === 'provider-status') pace.changed(entries);
      if (model === 'statistics') paceRange.changed(entries);
      if (model === 'provider-status' || model === 'payer-load') kept.changed(entries);
    },
  };
}

function unlessUnavailable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReadModelsUnavailable) return otherwise;
    throw error;
  }
}

function serveAll(models: OpenReadModels, log: ReadableLog, drop: (fed: FedVersion) => void) {
  return {
    'provider-status': serve(models['provider-status'], log, drop),
    'payer-load': serve(models['payer-load'], log, drop),
    'audit-history': serve(models['audit-history'], log, drop),
    organizations: serve(models.organizations, log, drop),
    statistics: serve(models.statistics, log, drop),
    webhooks: serve(models.webhooks, log, drop),
    exceptions: serve(models.exceptions, log, drop),
  };
}

type Served = ReturnType<typeof serveAll>;

/** The reads that need one read model alone. A version that takes over is found at the next call. */
function readsOf(served: Served, setAside: SetAsideOf) {
  const status = () => served['provider-status'].reads();
  const reads: Omit<
    ReadModels,
    'queue' | 'queueWith' | 'line' | 'pace' | 'paceRange' | 'quarantined' | 'setAside' | 'waitFor' | 'health' | 'served'
  > = {
    provider: (providerId) => status().provider(providerId),
    providersAfter: (afterId, limit) => status().providersAfter(afterId, limit),
    list: (wanted, page) => status().list(wanted, page),
    due: (afterId, limit) => status().due(afterId, limit),
    inUse: (afterId, limit) => status().inUse(afterId, limit),
    census: () => status().census(),
    loads: () => served['payer-load'].reads().loads(),
    statistics: (organization, from, to) => served.statistics.reads().statistics(organization, from, to),
    organization: (organization) => served.organizations.reads().organization(organization),
    webhooks: (of) => served.webhooks.reads().webhooks(of),
    webhook: (id) => served.webhooks.reads().webhook(id),
    exceptions: (wanted) => served.exceptions.reads().exceptions(wanted),
    historyOf(providerId, after, limit) {
      const { items, ...page } = served['audit-history'].reads().historyOf(providerId, after, limit);
      const isInUse = (row: { readonly stream: string; readonly revision: number }): boolean =>
        row.revision < (setAside(row.stream)?.fromRevision ?? Number.POSITIVE_INFINITY);
      return { items: items.filter(isInUse), ...page };
    },
  };
  return reads;
}

const holds = ({ compare }: ReadableLog, { position }: FedVersion, wanted: Position): boolean =>
  position !== undefined && compare(position, wanted) >= 0;
