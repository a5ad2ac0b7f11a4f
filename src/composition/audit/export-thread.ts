/** The thread that exports the log, by a connection of its own that only reads: one page each time it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportOrder } from './export-in-thread.js';
import { exportPagesOf } from './export-pages-of.js';

const { log, filter } = workerData as ExportOrder;
const pages = exportPagesOf(log, filter);
parentPort?.on('message', async () => {
  const { done, value } = await pages.next();
  parentPort?.postMessage(done ? undefined : value);
  if (done) parentPort?.close();
});
