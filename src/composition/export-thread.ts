/** The thread that exports the log, by a read-only connection of its own: one page each time it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import { exportPages } from '../infrastructure/event-store/sqlite/export-pages.js';
import type { ExportOrder } from './export-in-thread.js';

const { log, filter } = workerData as ExportOrder;
const pages = exportPages(log, filter);
parentPort?.on('message', () => {
  const { done, value } = pages.next();
  parentPort?.postMessage(done ? undefined : value);
  if (done) parentPort?.close();
});
