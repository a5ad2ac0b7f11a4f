/** Preloaded into the demo's children: a child whose parent is gone, however it went, asks itself to stop. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
