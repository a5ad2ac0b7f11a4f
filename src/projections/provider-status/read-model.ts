/** The read model `provider-status`: what is known of each provider, by id, in lists, and by what is due. */
import type { ReadModels } from '../../application/ports/read-models.js';
import type { Version } from '../engine/read-model.js';
import { censusReads } from './census-reads.js';
import { type DueReads, dueReads } from './due-reads.js';
import { listReads } from './list-reads.js';
import { paceReads } from './pace.js';
import { statuses } from './provider-status.js';
import { statusReads } from './status-reads.js';

export type StatusReads = Pick<ReadModels, 'provider' | 'providersAfter' | 'list' | 'pace' | 'census'> & DueReads;

export const providerStatus: Version<StatusReads> = {
  version: 9,
  cacheMiB: 64,
  kind: 'folded',
  projections: [statuses],
  reads(db) {
    return { ...statusReads(db), ...listReads(db), ...paceReads(db), ...dueReads(db), ...censusReads(db) };
  },
};

/** Its rows lack where somebody came into the queue and when credentials were issued; what is fed to it from now on has both. */
export const formerProviderStatus: Version<StatusReads> = { ...providerStatus, version: 8 };
