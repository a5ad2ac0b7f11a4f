/** The files of the data folder: opened in one order, and closed in the opposite one. */
import { join } from 'node:path';
import type { Log } from '../application/ports/log.js';
import type { Config } from '../config/config.js';
import { claimDataFolder } from '../infrastructure/data-folder.js';
import { openSqliteEventStore } from '../infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openSqliteVault } from '../infrastructure/vault/sqlite-vault.js';
import { loadVaultKey } from '../infrastructure/vault/vault-key.js';
import { findingDamage, onDamage, watched, watchForDamage } from '../projections/engine/damage.js';
import { removeFile } from '../projections/engine/model-file.js';
import { fedVersionsIn, openReadModelFiles } from '../projections/read-model-table.js';
import { startReadModels } from '../projections/read-models.js';
import { openReportFile, openReports } from '../projections/reconciliation-reports/reconciliation-reports.js';
import { fillInThread } from './fill-in-thread.js';

export interface FilesOptions {
  readonly config: Config;
  /** Holds the secrets, such as the vault's key. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Hears, once, why the service must be started again: only that makes a damaged file anew. */
  readonly damaged?: (why: string) => void;
}

/** Takes the data folder and opens its files; throws when one of them cannot be opened. */
export function openFiles({ config, env, log, damaged }: FilesOptions, stack: AsyncDisposableStack) {
  const { data, keys } = config.folders;
  stack.adopt(claimDataFolder(data), (claim) => claim.release());
  const vault = stack.adopt(
    openSqliteVault({ file: join(data, 'vault.db'), key: loadVaultKey({ env, keysFolder: keys }) }),
    (v) => v.close(),
  );
  const store = stack.adopt(openSqliteEventStore({ file: join(data, 'events.db') }), (s) => s.close());
  const thrownAway = (why: string): void =>
    log.warn({ why }, 'A file of read models was thrown away; it is filled again from the log.');
  const folder = join(data, 'read-models');
  // Releases before this one kept all read models in one file.
  removeFile(join(data, 'read-models.db'));
  const opened = stack.adopt(openReadModelFiles(folder, thrownAway), (files) => files.close());
  const reportFile = stack.adopt(openReportFile(folder, thrownAway), (d) => d.close());
  for (const db of [...fedVersionsIn(opened.models).map((fed) => fed.db), reportFile])
    onDamage(db, (why) => damaged?.(why));
  const followers = new AbortController();
  const elsewhere = fillInThread(join(data, 'events.db'));
  const readModels = startReadModels(store, opened, followers.signal, { log, elsewhere });
  stack.defer(async () => {
    followers.abort();
    await readModels.ended;
  });
  const reports = watched(
    findingDamage(reportFile, () => openReports(reportFile)),
    watchForDamage(reportFile),
  );
  return { vault, store, readModels, reports, following: followers.signal };
}

export type Files = ReturnType<typeof openFiles>;
