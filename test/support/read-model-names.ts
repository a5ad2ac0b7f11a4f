/** The names of read models with the version that is served, which their files and health carry. */
import { type ReadModelName, readModelNames } from '../../src/application/ports/read-model-health.js';
import { fileNameOf } from '../../src/projections/engine/read-model.js';
import { readModelTable } from '../../src/projections/read-model-table.js';

export const nameOf = (model: ReadModelName): string => fileNameOf(model, readModelTable[model][0]);
export const fileOf = (model: ReadModelName): string => `${nameOf(model)}.db`;
export const allFiles: readonly string[] = readModelNames.map(fileOf);
