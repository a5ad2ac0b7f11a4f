/** The SQLite store held to the contract, and what a file on disk has to stand beyond it. */
import { openSqliteEventStore } from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { temporaryFile } from '../../../support/temporary-file.js';
import { eventStoreContract } from '../contract.js';
import { brokenCommits } from './broken-commits.js';
import { followers } from './followers.js';
import { logFiles } from './log-files.js';
import { oneOrder } from './one-order.js';
import { tampering } from './tampering.js';

eventStoreContract('SQLite', async (codec) => {
  const { file, remove } = await temporaryFile();
  let store = openSqliteEventStore({ file, codec });
  return {
    store,
    async reopen(other) {
      await store.close();
      store = openSqliteEventStore({ file, codec: other });
      return store;
    },
    async dispose() {
      await store.close();
      await remove();
    },
  };
});

tampering();
brokenCommits();
logFiles();
oneOrder();
followers();
