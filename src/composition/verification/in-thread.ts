/** Work in a thread of its own that answers once, since SQLite keeps the thread that it runs in from everything else. */
import { Worker } from 'node:worker_threads';

/** What the thread's program answers to this order. Rejects when it ends without an answer, as when the signal aborts. */
export const inThread = <Order, Answer>(program: URL, order: Order, signal: AbortSignal): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: order });
    worker.unref();
    const end = (): void => void worker.terminate();
    signal.addEventListener('abort', end);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      reject(new Error(`the thread ended with ${code}`));
    });
  });
