/**
 * The store on EventStoreDB held to the contract: on a real server where `EVENTSTOREDB_URL` names one, and otherwise on a small
 * one of our own.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';
import { eventStoreContract } from '../contract.js';

const real = process.env.EVENTSTOREDB_URL;
let server: SmallServer | undefined;

beforeAll(async () => {
  if (real) return;
  process.stderr.write('EVENTSTOREDB_URL is not set: the real server was not tested, a small one of our own was.\n');
  server = await startSmallServer();
});
afterAll(() => server?.stop());

eventStoreContract('EventStoreDB', async (codec) => {
  const address = real ?? server?.url ?? '';
  const prefix = `t${randomBytes(6).toString('hex')}`;
  let store: EventStoreDbEventStore = await openEventStoreDb({ address, prefix, codec });
  return {
    store,
    async reopen(other) {
      await store.close();
      store = await openEventStoreDb({ address, prefix, codec: other });
      return store;
    },
    dispose: () => store.close(),
  };
});
