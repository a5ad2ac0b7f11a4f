/** The tree in its file: a follower as any other, whose proofs hold and are found in a few dozen rows. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { feedTree } from '../../../src/application/audit/feed-tree.js';
import type { Position } from '../../../src/application/ports/event-store.js';
import { leafNode, openFrontier } from '../../../src/domain/audit/merkle-tree.js';
import { provesConsistency, provesInclusion } from '../../../src/domain/audit/proof-check.js';
import { bytesOf, hexOf, sha256 } from '../../../src/infrastructure/audit/sha256.js';
import { openTreeFile } from '../../../src/infrastructure/audit/tree-file.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { followerContract, type StartFollowing } from '../../application/streams/follower-contract.js';
import { drafts } from '../../support/events.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

const thrownAway = (why: string): never => {
  throw new Error(why);
};
const open = (folder: string) => openTreeFile(join(folder, 'audit-tree.db'), thrownAway);

/** The positions of provider streams that the tree has as leaves. */
function takenIn(folder: string): readonly Position[] {
  using tree = new DatabaseSync(join(folder, 'audit-tree.db'), { readOnly: true });
  using log = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  const { id } = log.prepare('SELECT id FROM log').get() as { id: string };
  const stream = log.prepare('SELECT name FROM streams JOIN events ON streams.id = stream WHERE position = ?');
  const leaves = tree.prepare('SELECT position FROM leaves ORDER BY leaf').all() as { position: number }[];
  const ofProviders = leaves.filter(({ position }) => String(stream.get(position)?.name).startsWith('provider-'));
  return ofProviders.map(({ position }) => `${id}:${position}`);
}

const startTree: StartFollowing = (log, folder, signal) => {
  const tree = open(folder);
  const { ended } = feedTree(log, tree, { signal, failed: () => undefined });
  return { ended, taken: () => takenIn(folder), close: () => tree.close() };
};

followerContract("the audit's tree", startTree, 'hashes');

describe('a tree over a log', () => {
  let folder: string;
  let store: SqliteEventStore;
  let tree: ReturnType<typeof open>;
  let stop: AbortController;
  let feed: ReturnType<typeof feedTree>;
  const failures: string[] = [];

  function start(): void {
    stop = new AbortController();
    tree = open(folder);
    feed = feedTree(store, tree, { signal: stop.signal, failed: (words) => void failures.push(words) });
  }
  beforeEach(() => {
    folder = temporaryFolder();
    failures.length = 0;
    store = openSqliteEventStore({ file: join(folder, 'events.db') });
    start();
  });
  afterEach(async () => {
    stop.abort();
    await feed.ended;
    tree.close();
    await store.close();
  });
  const reached = (size: number) =>
    until(
      async () => tree.size(),
      (now) => now === size,
    );

  test('has the hash of every event as a leaf, in the order of the log, and a proof of each', async () => {
    const recorded = [];
    for (let n = 0; n < 25; n++) recorded.push(...(await store.append(`provider-${n}`, -1, drafts('a', 'b', 'c'))));
    await reached(75);
    const frontier = openFrontier(sha256);
    for (const { metadata } of recorded) frontier.add(leafNode(sha256, bytesOf(metadata.hash)));
    expect(tree.root(75)).toBe(hexOf(frontier.root()));
    for (const [leaf, { position, metadata }] of recorded.entries()) {
      expect([tree.leafAt(position), tree.sizeAt(position)]).toEqual([leaf, leaf + 1]);
      const claim = { node: leafNode(sha256, bytesOf(metadata.hash)), leaf, size: 75, root: frontier.root() };
      expect(provesInclusion(sha256, claim, tree.inclusion(leaf, 75).map(bytesOf))).toBe(true);
    }
    const heads = [40, 75].map((size) => ({ size, root: bytesOf(tree.root(size)) }));
    const [older, newer] = heads;
    if (!older || !newer) throw new Error('two heads are wanted');
    expect(provesConsistency(sha256, older, newer, tree.consistency(40, 75).map(bytesOf))).toBe(true);
  });

  test('leaves out what a store keeps for itself', async () => {
    for (const stream of ['provider-1', '$settings', 'lease', 'lease-saga', 'log-id', 'cursor-1', 'log-1', 'leased'])
      await store.append(stream, -1, drafts('a'));
    await until(
      async () => tree.upTo(),
      (upTo) => upTo === store.head(),
    );
    expect(tree.size()).toBe(3);
    expect(tree.leafAt(`${store.logId}:2`)).toBeUndefined();
    expect([2, 6, 7].map((n) => tree.sizeAt(`${store.logId}:${n}`))).toEqual([1, 1, 2]);
  });

  test('stands still before an event that is not what was recorded, and says where', async () => {
    await store.append('provider-1', -1, drafts('a', 'b', 'c'));
    await reached(3);
    stop.abort();
    await feed.ended;
    tree.startAnew();
    tree.close();
    using raw = new DatabaseSync(join(folder, 'events.db'));
    raw.exec(
      `DROP TRIGGER events_never_change; UPDATE events SET data = CAST('{"name":"x"}' AS BLOB) WHERE position = 2`,
    );
    start();
    await until(
      async () => failures,
      ({ length }) => length > 0,
    );
    expect(tree.size()).toBe(1);
    expect(failures[0]).toMatch(/:2 \(provider-1 revision 1\): what is stored is not what was recorded/);
    expect(feed.stopped()).toBe(failures[0]);
  });

  test('of another log begins anew', async () => {
    await store.append('provider-1', -1, drafts('a', 'b'));
    await reached(2);
    stop.abort();
    await feed.ended;
    tree.close();
    await store.close();
    store = openSqliteEventStore({ file: join(folder, 'other.db') });
    await store.append('provider-1', -1, drafts('c'));
    start();
    await reached(1);
    expect(tree.leafAt(`${store.logId}:1`)).toBe(0);
  });
});

test('a file that is something else is thrown away', () => {
  const file = join(temporaryFolder(), 'audit-tree.db');
  using other = new DatabaseSync(file);
  other.exec('CREATE TABLE other (x); PRAGMA user_version = 7');
  other.close();
  const reasons: string[] = [];
  const tree = openTreeFile(file, (why) => void reasons.push(why));
  expect([tree.size(), reasons]).toEqual([0, ['it is of another form']]);
  tree.close();
});
