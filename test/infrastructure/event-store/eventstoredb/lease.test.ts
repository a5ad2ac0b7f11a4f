/** The lease on its own: one of several acts, another takes over, and who cannot renew ceases. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import type { Lease } from '../../../../src/infrastructure/event-store/lease.js';
import { drafts } from '../../../support/events.js';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';
import { restOf } from '../../../support/following.js';
import { until } from '../../../support/waiting.js';

const times = { renewMs: 100, takeAfterMs: 3_000, actMs: 2_000 };
const stream = 'leased.lease';

let server: SmallServer;
const stores: EventStoreDbEventStore[] = [];
const leases: Lease[] = [];

beforeEach(async () => {
  server = await startSmallServer();
});
afterEach(async () => {
  for (const lease of leases.splice(0)) await lease.close();
  for (const store of stores.splice(0)) await store.close();
  server.stop();
});

async function open() {
  const store = await openEventStoreDb({ address: server.url, prefix: 'leased' });
  stores.push(store);
  const told: boolean[] = [];
  const lease = await store.lease((held) => told.push(held), times);
  leases.push(lease);
  return { store, lease, told };
}

const acts = (lease: Lease, wanted: boolean) =>
  until(
    async () => lease.mayAct(),
    (may) => may === wanted,
  );

/** What a rival would append. */
const rival = (type: string) =>
  server.log.append(stream, server.log.of(stream).length - 1, [
    {
      id: randomUUID(),
      type,
      contentType: 'application/octet-stream',
      data: Buffer.from('{}'),
      metadata: Buffer.from(''),
    },
  ]);

test('of two processes one acts, and the other does once the first has given it up', async () => {
  const [first, second] = [await open(), await open()];
  expect([first.lease.mayAct(), second.lease.mayAct()]).toEqual([true, false]);
  await first.lease.close();
  expect(first.lease.mayAct()).toBe(false);
  await acts(second.lease, true);
  expect([first.told, second.told]).toEqual([[true, false], [true]]);
});

test('a holder whose lease was taken over ceases at its next renewal, and takes it again when the other has fallen silent', async () => {
  const { lease, told } = await open();
  rival('LeaseTaken');
  await acts(lease, false);
  await acts(lease, true);
  expect(told).toEqual([true, false, true]);
});

test('a holder that cannot renew it ceases by itself, and goes on when it can again', async () => {
  const { lease, told } = await open();
  server.faults.deafToAppends = true;
  await acts(lease, false);
  server.faults.deafToAppends = false;
  await acts(lease, true);
  expect(told).toEqual([true]);
});

test('a renewal that was stored though nobody said so is not taken for a rival', async () => {
  const { lease, told } = await open();
  server.faults.cutOff = { times: 3, stored: true };
  await until(
    async () => server.faults.cutOff.times,
    (left) => left === 0,
  );
  const renewed = server.log.of(stream).length;
  await until(
    async () => server.log.of(stream).length,
    (now) => now > renewed + 2,
  );
  expect([lease.mayAct(), told]).toEqual([true, [true]]);
});

test('whether its renewals are kept for ever is known, where it may be', async () => {
  const { store } = await open();
  expect(await store.keepsRenewals()).toBe(true);
  const metadata = { contentType: 'application/json', metadata: Buffer.from('{}') };
  const set = (data: string) =>
    server.log.append(`$$${stream}`, 'any', [
      { id: randomUUID(), type: '$metadata', ...metadata, data: Buffer.from(data) },
    ]);
  set('{"$maxCount":100}');
  expect(await store.keepsRenewals()).toBe(true);
  set('{"$maxCount":1}');
  expect(await store.keepsRenewals()).toBe(false);
});

test('nobody who reads the log meets it', async () => {
  const { store } = await open();
  await store.append('provider-1', -1, drafts('a'));
  expect(server.log.of(stream).length).toBeGreaterThan(0);
  expect((await restOf(store)).map((event) => event.stream)).toEqual(['provider-1']);
});
