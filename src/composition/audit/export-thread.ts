/** The thread that exports the log, by a connection of its own that only reads: one page each time it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import { UnknownPosition } from '../../application/ports/event-store-errors.js';
import type { ExportAnswer, ExportOrder } from './export-in-thread.js';
import { exportPagesOf } from './export-pages-of.js';

const { log, filter } = workerData as ExportOrder;
const pages = exportPagesOf(log, filter);
parentPort?.on('message', async () => {
  const answer = await nextPage();
  parentPort?.postMessage(answer);
  if (answer.page === undefined) parentPort?.close();
});

/** A thread hands no classes of errors on. */
async function nextPage(): Promise<ExportAnswer> {
  try {
    const { done, value } = await pages.next();
    return done ? {} : { page: value };
  } catch (error) {
    if (error instanceof UnknownPosition) return { unknownPosition: error.message };
    throw error;
  }
}
