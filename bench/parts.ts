/** The service's own parts on files of a benchmark, put together as in `src/composition/service.ts`, with no saga. */
import { join } from 'node:path';
import type { Dependencies } from '../src/application/dependencies.js';
import { openChanges } from '../src/application/history/live-feed.js';
import { systemClock } from '../src/application/ports/clock.js';
import type { RecordedEvent } from '../src/application/ports/event-store.js';
import { PresentDelays } from '../src/application/processes/present-delays.js';
import { openStreams } from '../src/application/streams/streams.js';
import { openSqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openMetrics } from '../src/infrastructure/metrics/registry.js';
import { openSqliteVault } from '../src/infrastructure/vault/sqlite-vault.js';
import type { FillElsewhere } from '../src/projections/engine/feeding.js';
import { openReadModelFiles, type ReadModelTable } from '../src/projections/read-model-table.js';
import { startReadModels } from '../src/projections/read-models.js';
import { openReportFile } from '../src/projections/reconciliation-reports/reconciliation-reports.js';
import { noSessions } from '../test/support/no-sessions.js';
import { runFolder } from './folders.js';
import { settings, terms } from './settings.js';

const longestMs = 1_200_000;

interface PartsOptions {
  /** The versions of the read models, where they are not the program's own. */
  readonly table?: ReadModelTable;
  readonly elsewhere?: FillElsewhere;
  /** Hears what is appended. */
  readonly appended?: (events: readonly RecordedEvent[]) => void;
}

/** Opens log and read models in a folder, and an empty vault elsewhere, and waits until the read models hold the whole log. */
export async function openParts(folder: string, { table, elsewhere, appended }: PartsOptions = {}) {
  const stopping = new AbortController();
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  const db = openReadModelFiles(join(folder, 'read-models'), undefined, table);
  const reportFile = openReportFile(join(folder, 'read-models'));
  const readModels = startReadModels(store, db, stopping.signal, { elsewhere });
  const vault = openSqliteVault({ file: join(runFolder(), 'vault.db'), key: new Uint8Array(32).fill(7) });
  const dependencies: Dependencies = {
    streams: openStreams(store, systemClock, (events) => appended?.(events)),
    store,
    formerLogs: new Set(),
    readModels,
    vault,
    terms,
    accountSessions: noSessions,
    accountStates: { look: async () => undefined },
    clock: systemClock,
    metrics: openMetrics(),
    settings,
    presentDelays: new PresentDelays(),
    nudge: () => undefined,
  };
  const changes = openChanges(store, store.head(), stopping.signal, {
    failed(error) {
      throw error;
    },
    heard: dependencies.streams.heard,
  });
  const caughtUp = async (): Promise<void> => {
    const head = store.head();
    if (head !== undefined && !(await readModels.waitFor(head, longestMs)))
      throw new Error(`The read models are behind: ${JSON.stringify(readModels.health())}`);
  };
  await caughtUp();
  return {
    store,
    file: join(folder, 'events.db'),
    db,
    reportFile,
    dependencies,
    changes,
    caughtUp,
    async close() {
      stopping.abort();
      await Promise.all([readModels.ended, changes.ended]);
      await store.close();
      vault.close();
      db.close();
      reportFile.close();
    },
  };
}

export type Parts = Awaited<ReturnType<typeof openParts>>;
