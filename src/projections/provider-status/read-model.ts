/** The read model `provider-status`: what is known of each provider, by id, by organization, by what operators look for, and by what is due. */
import type { ReadModels } from '../../application/ports/read-models.js';
import type { Version } from '../engine/read-model.js';
import { censusReads } from './census-reads.js';
import { type DueReads, dueReads } from './due-reads.js';
import { paceReads } from './pace.js';
import { providerSearch } from './provider-search.js';
import { statuses } from './provider-status.js';
import { searchReads } from './search-reads.js';
import { statusReads } from './status-reads.js';

export type StatusReads = Pick<
  ReadModels,
  'provider' | 'providersAfter' | 'providersOf' | 'pace' | 'search' | 'census'
> &
  DueReads;

export const providerStatus: Version<StatusReads> = {
  version: 7,
  cacheMiB: 64,
  kind: 'folded',
  projections: [statuses, providerSearch],
  reads(db) {
    const rows = statusReads(db);
    return { ...rows, ...paceReads(db), ...dueReads(db), ...searchReads(db, rows.provider), ...censusReads(db) };
  },
};
