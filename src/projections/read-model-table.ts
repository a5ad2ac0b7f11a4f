/** Every read model with the versions of it that this program knows: one row here, a folder with its fold and reads, and a name in the port. */
import type { ReadModelName } from '../application/ports/read-model-health.js';
import { auditHistory } from './audit-history/audit-history.js';
import type { HistoryReads } from './audit-history/history-reads.js';
import type { Versions } from './engine/read-model.js';
import { type OpenReadModel, openReadModel } from './engine/serving.js';
import type { ExceptionReads } from './exceptions/exception-reads.js';
import { exceptions } from './exceptions/exceptions.js';
import { type OrganizationReads, organizations } from './organizations/organizations.js';
import type { LoadReads } from './payer-load/load-reads.js';
import { payerLoad } from './payer-load/payer-load.js';
import { formerProviderStatus, providerStatus, type StatusReads } from './provider-status/read-model.js';
import { statistics } from './statistics/statistics.js';
import type { StatisticsReads } from './statistics/statistics-reads.js';
import { type WebhookReads, webhooks } from './webhooks/webhooks.js';

interface ReadsOf extends Record<ReadModelName, unknown> {
  readonly 'provider-status': StatusReads;
  readonly 'payer-load': LoadReads;
  readonly 'audit-history': HistoryReads;
  readonly organizations: OrganizationReads;
  readonly statistics: StatisticsReads;
  readonly webhooks: WebhookReads;
  readonly exceptions: ExceptionReads;
}

export type ReadModelTable = { readonly [Name in ReadModelName]: Versions<ReadsOf[Name]> };

/**
 * The first version of each is the one to be served. A former one may stand behind it for as long as a release should
 * answer from its rows while the new ones are filled.
 */
export const readModelTable: ReadModelTable = {
  'provider-status': [providerStatus, formerProviderStatus],
  'payer-load': [payerLoad],
  'audit-history': [auditHistory],
  organizations: [organizations],
  statistics: [statistics],
  webhooks: [webhooks],
  exceptions: [exceptions],
};

export type OpenReadModels = { readonly [Name in ReadModelName]: OpenReadModel<ReadsOf[Name]> };

/** The files of all read models in one folder. */
export interface ReadModelFiles {
  readonly models: OpenReadModels;
  /** Closes those that are still open. */
  close(): void;
}

/** Opens (or makes) the files; one that is damaged or of another form is thrown away and made anew, which `thrownAway` hears. */
export function openReadModelFiles(
  folder: string,
  thrownAway: (why: string) => void = () => undefined,
  table: ReadModelTable = readModelTable,
): ReadModelFiles {
  const models: OpenReadModels = {
    'provider-status': openReadModel(folder, 'provider-status', table['provider-status'], thrownAway),
    'payer-load': openReadModel(folder, 'payer-load', table['payer-load'], thrownAway),
    'audit-history': openReadModel(folder, 'audit-history', table['audit-history'], thrownAway),
    organizations: openReadModel(folder, 'organizations', table.organizations, thrownAway),
    statistics: openReadModel(folder, 'statistics', table.statistics, thrownAway),
    webhooks: openReadModel(folder, 'webhooks', table.webhooks, thrownAway),
    exceptions: openReadModel(folder, 'exceptions', table.exceptions, thrownAway),
  };
  return {
    models,
    close() {
      for (const { db } of fedVersionsIn(models)) if (db.isOpen) db.close();
    },
  };
}

/** Every open version. */
export const fedVersionsIn = (models: OpenReadModels) =>
  Object.values(models).flatMap(({ current, former }) => (former ? [former, current] : [current]));
