/** Fills read models that are far behind the log in a thread of their own, so that this one goes on answering. */
import { Worker } from 'node:worker_threads';
import type { FedVersion } from '../../projections/engine/fed-version.js';
import type { FillElsewhere } from '../../projections/engine/feeding.js';
import type { FillOrder } from './fill-thread.js';

const program = new URL('./fill-thread.js', import.meta.url);

/** A way to fill files from the log in this file; rejects when the thread ends by an error. */
export const fillInThread =
  (log: string, thread: URL = program): FillElsewhere =>
  (all, signal) =>
    new Promise((resolve, reject) => {
      const order: FillOrder = { log, files: all.map(fileToFill) };
      const worker = new Worker(thread, { workerData: order });
      // What is committed when it is asked to stop is where the next start goes on.
      const stop = (): void => worker.postMessage('stop');
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
      worker.on('error', reject);
      worker.on('exit', () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
    });

const fileToFill = ({ model, version: { version }, file }: FedVersion) => ({ model, version, file });
