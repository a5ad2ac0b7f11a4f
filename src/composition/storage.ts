/** The files of the data folder: opened in one order, and closed in the opposite one. */
import { join } from 'node:path';
import type { Log } from '../application/ports/log.js';
import type { Config } from '../config/config.js';
import { claimDataFolder } from '../infrastructure/data-folder.js';
import { openSqliteEventStore } from '../infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openSqliteVault } from '../infrastructure/vault/sqlite-vault.js';
import { loadVaultKey } from '../infrastructure/vault/vault-key.js';
import { findingDamage, onDamage, watched, watchForDamage } from '../projections/engine/damage.js';
import { openReadModelFile } from '../projections/engine/database.js';
import { startReadModels } from '../projections/read-models.js';
import { openReports } from '../projections/reconciliation-reports/reconciliation-reports.js';

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
    log.warn({ why }, 'The file of the read models was thrown away; they are filled again from the log.');
  const db = stack.adopt(openReadModelFile(join(data, 'read-models.db'), thrownAway), (d) => d.close());
  onDamage(db, (why) => damaged?.(why));
  const followers = new AbortController();
  const readModels = findingDamage(db, () => startReadModels(store, db, followers.signal, log));
  stack.defer(async () => {
    followers.abort();
    await readModels.ended;
  });
  const opened = findingDamage(db, () => openReports(db));
  const reports = watched(opened, watchForDamage(db));
  return { vault, store, readModels, reports, following: followers.signal };
}

export type Files = ReturnType<typeof openFiles>;
