/** How far deliveries have come, beside the log: whichever instance acts next finds it, and nobody who follows the log meets it. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { feedTree } from '../../../../src/application/audit/feed-tree.js';
import { openTreeFile } from '../../../../src/infrastructure/audit/tree-file.js';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { drafts } from '../../../support/events.js';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';
import { restOf } from '../../../support/following.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { until } from '../../../support/waiting.js';

let server: SmallServer;
const stores: EventStoreDbEventStore[] = [];

beforeEach(async () => {
  server = await startSmallServer();
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  server.stop();
});

async function open() {
  const store = await openEventStoreDb({ address: server.url, prefix: 'delivered' });
  stores.push(store);
  return store;
}

const place = (position: string) => ({ position, starts: 1 });

test('another instance finds what was kept last of each, and nothing of what is forgotten', async () => {
  const { cursors } = await open();
  expect(await cursors.load()).toEqual(new Map());
  await cursors.save(
    new Map([
      ['a', place('log:1')],
      ['b', place('log:2')],
    ]),
  );
  await cursors.save(new Map([['a', { ...place('log:3'), failingSince: '2026-11-24T08:00:00.000Z' }]]));
  await cursors.save(new Map([['b', undefined]]));
  const next = (await open()).cursors;
  const kept = new Map([['a', { ...place('log:3'), failingSince: '2026-11-24T08:00:00.000Z' }]]);
  expect(await next.load()).toEqual(kept);
  await next.save(new Map([['c', place('log:4')]]));
  expect(await cursors.load()).toEqual(new Map([...kept, ['c', place('log:4')]]));
});

test('the first of a day says it of all, so that earlier days can go', async () => {
  const day = (before: number): string => new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10);
  const stream = (before: number): string => `delivered.cursor-webhooks-${day(before)}`;
  const moved = (move: object) => ({
    ...{ id: crypto.randomUUID(), type: 'CursorsMoved', contentType: 'application/octet-stream' },
    data: Buffer.from(JSON.stringify(move)),
    metadata: Buffer.from(''),
  });
  await (await open()).append('provider-1', -1, drafts('Production'));
  server.log.append(stream(2), -1, [moved({ a: place('log:1'), b: place('log:2') })]);
  server.log.append(stream(2), 0, [moved({ b: place('log:3') })]);
  const { cursors } = await open();
  expect(await cursors.load()).toEqual(
    new Map([
      ['a', place('log:1')],
      ['b', place('log:3')],
    ]),
  );
  await cursors.save(new Map([['a', place('log:4')]]));
  const [first] = server.log.of(stream(0));
  expect(JSON.parse(Buffer.from(first?.data ?? []).toString())).toEqual({ a: place('log:4'), b: place('log:3') });
});

test('who follows the log does not meet it', async () => {
  const store = await open();
  const [first] = await store.append('provider-1', -1, drafts('Production'));
  await store.cursors.save(new Map([['a', place(String(first?.position))]]));
  const [second] = await store.append('provider-1', 0, drafts('Renamed'));
  expect((await restOf(store)).map(({ position }) => position)).toEqual([first?.position, second?.position]);
});

test('it is no leaf of the tree that auditors check', async () => {
  const store = await open();
  await store.append('provider-1', -1, drafts('Production'));
  await store.cursors.save(new Map([['a', place(String(store.head()))]]));
  await store.append('provider-1', 0, drafts('Renamed'));
  const tree = openTreeFile(join(temporaryFolder(), 'audit-tree.db'), () => undefined);
  const stop = new AbortController();
  const feed = feedTree(store, tree, { signal: stop.signal, failed: () => undefined });
  await until(
    async () => tree.upTo(),
    (upTo) => upTo === store.head(),
  );
  stop.abort();
  await feed.ended;
  expect(tree.size()).toBe(2);
  tree.close();
});
