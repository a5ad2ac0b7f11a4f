/** Preloaded into the demo's children: a child whose parent is gone, however it went, asks itself to stop. */
import { isMainThread } from 'node:worker_threads';

const stop = (): boolean => process.kill(process.pid, 'SIGTERM');

// The threads of a child are given the preload too, and none of them is connected to the parent.
if (isMainThread) {
  process.on('disconnect', stop);
  // The parent may have gone before anybody listened.
  if (!process.connected) stop();
}
