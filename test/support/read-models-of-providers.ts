import type { ReadModelName } from '../../src/application/ports/read-model-health.js';
import { concerns } from '../../src/projections/engine/read-model.js';
import { readModelTable } from '../../src/projections/read-model-table.js';

/** Whether the life of a provider is among what a read model is made of, so that it stands still where that cannot be read. */
export const readsProviders = (model: ReadModelName): boolean => concerns(readModelTable[model][0], 'provider-1');
