/** `npm run rebuild`: empties every read model and fills it from the log, while the service is down. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../composition/start/exit-message.js';
import { loadConfig } from '../config/config.js';
import { claimDataFolder } from '../infrastructure/data-folder.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../infrastructure/event-store/sqlite/sqlite-event-store.js';
import { ownerOnly } from '../infrastructure/own-file.js';
import { startAnew } from '../projections/engine/commit.js';
import { fedVersionsIn, openReadModelFiles } from '../projections/read-model-table.js';
import { startReadModels } from '../projections/read-models.js';

async function main(): Promise<number> {
  process.umask(ownerOnly);
  const { folders, eventStore } = loadConfig(process.env);
  const { data } = folders;
  if (eventStore.url !== '') {
    process.stderr.write(
      `The log lies on ${eventStore.url}; remove ${join(data, 'read-models')} and start the service.\n`,
    );
    return 1;
  }
  const file = join(data, 'events.db');
  if (!existsSync(file)) {
    process.stderr.write(`There is no log in ${data}; nothing was done.\n`);
    return 1;
  }
  await using stack = new AsyncDisposableStack();
  stack.adopt(claimDataFolder(data), (claim) => claim.release());
  const store = stack.adopt(openSqliteEventStore({ file }), (s) => s.close());
  // Awaited here, for the files are closed when this function ends.
  return await rebuild(store, join(data, 'read-models'), stack);
}

async function rebuild(store: SqliteEventStore, folder: string, stack: AsyncDisposableStack): Promise<number> {
  const startedAt = performance.now();
  const opened = stack.adopt(openReadModelFiles(folder), (files) => files.close());
  for (const fed of fedVersionsIn(opened.models)) startAnew(fed);
  const filling = new AbortController();
  const readModels = startReadModels(store, opened, filling.signal);
  stack.defer(async () => {
    filling.abort();
    await readModels.ended;
  });
  await settled(() => readModels.health().every(({ caughtUp, stopped }) => caughtUp || stopped !== undefined));
  for (const { name, stopped } of readModels.health())
    process.stdout.write(`${name}: ${stopped ? `stopped at ${stopped}` : 'rebuilt'}\n`);
  process.stdout.write(
    `The log reaches to ${store.head() ?? 'nowhere'}; this took ${Math.round(performance.now() - startedAt)} ms.\n`,
  );
  return readModels.health().some(({ stopped }) => stopped) ? 1 : 0;
}

async function settled(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => process.exit(explain(error)),
);
