/** The files of the data folder: opened in one order, and closed in the opposite one. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import { formerLogs } from '../../application/streams/former-logs.js';
import type { AwsAccess } from '../../infrastructure/aws/calls/clients.js';
import { claimDataFolder } from '../../infrastructure/data-folder.js';
import { meteredVault } from '../../infrastructure/metrics/metered-vault.js';
import { startAnew } from '../../projections/engine/commit.js';
import { findingDamage, onDamage, type Reads, watched, watchForDamage } from '../../projections/engine/damage.js';
import { checkpointOf, removeFile } from '../../projections/engine/model-file.js';
import { openHardeningLooks, openLooksFile } from '../../projections/hardening-looks/hardening-looks.js';
import { fedVersionsIn, openReadModelFiles } from '../../projections/read-model-table.js';
import { startReadModels } from '../../projections/read-models.js';
import { openReportFile, openReports } from '../../projections/reconciliation-reports/reconciliation-reports.js';
import {
  openDeliveries,
  openDeliveriesFile,
  openPlaces,
} from '../../projections/webhook-deliveries/webhook-deliveries.js';
import { type LogOptions, openLog } from '../log/open-log.js';
import { checkLogFile, noFile } from '../verification/file-check.js';
import { fillInThread } from './fill-in-thread.js';
import { openVault } from './open-vault.js';
import { watchWals } from './wal-watch.js';

export interface FilesOptions extends LogOptions {
  /** Hears, once, why the service must be started again: only that makes a damaged file anew. */
  readonly damaged?: (why: string) => void;
  readonly access: Pick<AwsAccess, 'own'>;
}

/**
 * Takes the data folder and opens its files; throws when one of them cannot be opened, and {@link LogLost} when the log lacks
 * what is remembered of it.
 */
export async function openFiles(options: FilesOptions, stack: AsyncDisposableStack) {
  const { data, keys } = options.config.folders;
  stack.adopt(claimDataFolder(data), (claim) => claim.release());
  const vault = stack.adopt(openVault(options, options.access), (v) => v.close());
  const derived = openDerived(options, stack);
  const { opened } = derived;
  const readUpTo = fedVersionsIn(opened.models).map(({ db }) => checkpointOf(db).position);
  const { store, accepted, file, acting, cursors } = await openLog({ data, keys, vault, readUpTo }, stack, options);
  // What they hold may be of what is missing.
  if (accepted) for (const fed of fedVersionsIn(opened.models)) startAnew(fed);
  const followers = new AbortController();
  const readModels = startReadModels(store, opened, followers.signal, {
    log: options.log,
    elsewhere: file === undefined ? undefined : fillInThread(file),
  });
  stack.defer(async () => {
    followers.abort();
    await readModels.ended;
  });
  const check = stack.adopt(file === undefined ? noFile : checkLogFile(file, options.log), (each) => each.stop());
  const wals = stack.adopt(watchWals(data, options.log), (watch) => watch.stop());
  const { verbs, health: vaultHealth } = meteredVault(vault, options.metrics);
  const following = followers.signal;
  const operational = operationalOf(derived);
  stack.defer(() => operational.deliveries.keep());
  const places = cursors ?? operational.places;
  const known = { store, formerLogs: await formerLogs(store, store.logId), acting, places };
  return { vault: verbs, vaultHealth, ...operational, ...known, readModels, wals, check, following };
}

/** What is kept beside the read models and is no fact: the last report of reconciliation, when accounts were looked at, deliveries. */
function operationalOf({ reportFile, looksFile, deliveriesFile }: ReturnType<typeof openDerived>) {
  const kept = <R extends Reads<R>>(db: DatabaseSync, open: (db: DatabaseSync) => R): R =>
    watched(
      findingDamage(db, () => open(db)),
      watchForDamage(db),
    );
  return {
    reports: kept(reportFile, openReports),
    looks: kept(looksFile, openHardeningLooks),
    deliveries: kept(deliveriesFile, openDeliveries),
    places: kept(deliveriesFile, openPlaces),
  };
}

export type Files = Awaited<ReturnType<typeof openFiles>>;

/** Opens what can be made from the log again. */
function openDerived({ config, log, damaged }: FilesOptions, stack: AsyncDisposableStack) {
  const { data } = config.folders;
  const thrownAway = (why: string): void =>
    log.warn({ why }, 'A file of read models was thrown away; it is filled again from the log.');
  const folder = join(data, 'read-models');
  // Releases before this one kept all read models in one file.
  removeFile(join(data, 'read-models.db'));
  const opened = stack.adopt(openReadModelFiles(folder, thrownAway), (files) => files.close());
  const reportFile = stack.adopt(openReportFile(folder, thrownAway), (d) => d.close());
  const looksFile = stack.adopt(openLooksFile(folder, thrownAway), (d) => d.close());
  const deliveriesFile = stack.adopt(openDeliveriesFile(folder, thrownAway), (d) => d.close());
  const own = [reportFile, looksFile, deliveriesFile];
  for (const db of [...fedVersionsIn(opened.models).map((fed) => fed.db), ...own])
    onDamage(db, (why) => damaged?.(why));
  return { opened, reportFile, looksFile, deliveriesFile };
}

/** A position is `<log id>:<n>`, and n counts the events. */
export const eventsUpTo = (position: Position | undefined): number =>
  position === undefined ? 0 : Number(position.slice(position.lastIndexOf(':') + 1));
