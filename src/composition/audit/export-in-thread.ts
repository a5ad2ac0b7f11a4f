/** Exports the log from a thread of its own, so that commands stay fast however long somebody reads. */
import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ExportEvents, ExportFilter } from '../../application/ports/event-export.js';
import { UnknownPosition } from '../../application/ports/event-store-errors.js';
import type { LogPlace } from '../log/log-place.js';
import { exportPagesOf } from './export-pages-of.js';

/** What the thread is given. */
export interface ExportOrder {
  readonly log: LogPlace;
  readonly filter: ExportFilter;
}

/** What it answers each time it is asked; nothing at the end of the log. */
export interface ExportAnswer {
  readonly page?: string;
  /** Why there is nothing after the place that was named. */
  readonly unknownPosition?: string;
}

const program = new URL('./export-thread.js', import.meta.url);

/** A way to export the log at this place; where no thread can be had, this one does it page by page. */
export const exportInThread = (log: LogPlace, thread: URL = program): ExportEvents =>
  async function* (filter, signal) {
    const worker = startedThread(thread, { log, filter });
    if (!worker) return yield* pagesHere(log, filter);
    try {
      const answers = on(worker, 'message', { signal, close: ['exit'] });
      for (;;) {
        worker.postMessage('next');
        const { done, value } = await answers.next();
        const { page, unknownPosition }: ExportAnswer = done ? {} : value[0];
        if (unknownPosition !== undefined) throw new UnknownPosition(unknownPosition);
        if (page === undefined) return;
        yield page;
      }
    } finally {
      await worker.terminate();
    }
  };

/** `undefined` where the thread's program is not there, as where sources are run without a build. */
function startedThread(thread: URL, order: ExportOrder): Worker | undefined {
  if (!existsSync(thread)) return undefined;
  const worker = new Worker(thread, { workerData: order });
  worker.unref();
  return worker;
}

async function* pagesHere(log: LogPlace, filter: ExportFilter): AsyncGenerator<string, void> {
  for await (const page of exportPagesOf(log, filter)) {
    yield page;
    await nextTurn();
  }
}
