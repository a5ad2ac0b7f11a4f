/** Our small EventStoreDB in a process of its own, as a server is, so that it does not share a processor with who is measured. */
import { startSmallServer } from '../test/support/eventstoredb/server.js';

const server = await startSmallServer();
process.once('disconnect', () => process.exit(1));
process.once('message', () => {
  server.stop();
  process.exit(0);
});
process.send?.(server.url);
