/** Preloaded into the demo's children: a child whose parent is gone, however it went, asks itself to stop. */
const stop = (): boolean => process.kill(process.pid, 'SIGTERM');

process.on('disconnect', stop);
// The parent may have gone before anybody listened.
if (!process.connected) stop();
