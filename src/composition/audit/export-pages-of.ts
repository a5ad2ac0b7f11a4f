/** A log as pages of lines of JSON, wherever it lies. */
import type { ExportFilter } from '../../application/ports/event-export.js';
import { exportServerPages } from '../../infrastructure/event-store/eventstoredb/export-pages.js';
import { exportPages } from '../../infrastructure/event-store/sqlite/export-pages.js';
import type { LogPlace } from '../log/log-place.js';

export const exportPagesOf = (
  log: LogPlace,
  filter: ExportFilter,
): Generator<string, void> | AsyncGenerator<string, void> =>
  typeof log === 'string' ? exportPages(log, filter) : exportServerPages(log, filter);
