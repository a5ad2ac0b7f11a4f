/** The log as a file: made once, known by its id, whole after a crash, and never another program's. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RevisionConflict, StoreUnavailable } from '../../../../src/application/ports/event-store-errors.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { damageInUse } from '../../../support/damaged-file.js';
import { drafts } from '../../../support/events.js';
import { pagesUntil, restOf } from '../../../support/following.js';
import { temporaryFile } from '../../../support/temporary-file.js';

let log: { file: string; remove(): Promise<void> };
const open: SqliteEventStore[] = [];

function openStore(file = log.file): SqliteEventStore {
  const store = openSqliteEventStore({ file });
  open.push(store);
  return store;
}

export function logFiles(): void {
  describe('a log file', () => {
    beforeEach(async () => {
      log = await temporaryFile();
    });
    afterEach(async () => {
      for (const store of open.splice(0)) await store.close();
      await log.remove();
    });
    identity();
    strangers();
    crashes();
    disks();
    closing();
  });
}

function identity(): void {
  test('is made with its folder, empty, under an id that it keeps', async () => {
    const file = `${log.file}-folder/deeper/log.db`;
    const store = openStore(file);
    expect(store.head()).toBeUndefined();
    await store.close();
    expect(openStore(file).logId).toBe(store.logId);
    expect(openStore().logId).not.toBe(store.logId);
  });

  test('numbers its events from 1 without gaps, whatever was refused in between', async () => {
    const store = openStore();
    const same = Array.from({ length: 4 }, () => store.append('provider-1', -1, drafts('a', 'b')));
    await Promise.allSettled([...same, store.append('provider-2', -1, drafts('c'))]);
    await store.append('provider-1', 1, drafts('d'));
    const positions = (await restOf(store)).map(({ position }) => position);
    expect(positions).toEqual([1, 2, 3, 4].map((n) => `${store.logId}:${n}`));
    expect(store.head()).toBe(positions[3]);
  });

  test('may have a second writer: revisions, positions and time stay right', async () => {
    const [one, other] = [openStore(), openStore()];
    const [a] = await one.append('provider-1', -1, drafts('a'));
    await expect(other.append('provider-1', -1, drafts('b'))).rejects.toThrow(RevisionConflict);
    const [c] = await other.append('provider-1', 0, drafts('c'));
    expect(one.compare(a?.position ?? '', c?.position ?? '')).toBeLessThan(0);
    expect(await restOf(one)).toEqual(await restOf(other));
  });
}

function strangers(): void {
  test('of another program is refused and left as it was', async () => {
    const db = new DatabaseSync(log.file);
    db.exec('CREATE TABLE others (a)');
    db.close();
    const before = await readFile(log.file);
    expect(() => openStore()).toThrow(`${log.file}: this is not an event log of partner-cloud`);
    expect(await readFile(log.file)).toEqual(before);
  });

  test('that is not a database is refused', async () => {
    await writeFile(log.file, 'Dear diary, '.repeat(100));
    expect(() => openStore()).toThrow('file is not a database');
  });

  test('of a later version is refused', async () => {
    await openStore().close();
    const db = new DatabaseSync(log.file);
    db.exec('PRAGMA user_version = 2');
    db.close();
    expect(() => openStore()).toThrow('the event log has version 2, this program knows up to 1');
  });
}

function crashes(): void {
  test('as a killed process leaves it holds everything that was answered', async () => {
    const store = openStore();
    const answered = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.append(`provider-${i}`, -1, drafts('a', 'b'))),
    );
    const left = `${log.file}-left`;
    await copyFile(log.file, left);
    await copyFile(`${log.file}-wal`, `${left}-wal`);
    const found = openStore(left);
    expect(await restOf(found)).toEqual(answered.flat());
    expect(found.logId).toBe(store.logId);
  });
}

function disks(): void {
  test('that the disk does not give back is unavailable, to who reads a stream and to who follows', async () => {
    const store = openStore();
    await Promise.all(Array.from({ length: 300 }, (_, i) => store.append(`provider-${i}`, -1, drafts('a', 'b'))));
    damageInUse(log.file);
    await expect(store.read('provider-200')).rejects.toThrow(StoreUnavailable);
    await expect(restOf(store)).rejects.toThrow(StoreUnavailable);
  });
}

function closing(): void {
  test('is closed once what was sent is stored', async () => {
    const store = openStore();
    const sent = Array.from({ length: 1_200 }, (_, i) => store.append(`provider-${i}`, -1, drafts('a')));
    expect(store.health().waiting).toBe(1_200);
    await store.close();
    expect(await restOf(openStore())).toEqual((await Promise.all(sent)).flat());
  });

  test('ends every follow when it is closed, and refuses what comes later', async () => {
    const store = openStore();
    const follows = [1, 2].map(() => pagesUntil(store, undefined, () => false));
    await store.append('provider-1', -1, drafts('a'));
    await store.close();
    await store.close();
    for (const pages of await Promise.all(follows)) expect(pages.length).toBeGreaterThan(0);
    await expect(store.append('provider-1', 0, drafts('b'))).rejects.toThrow(StoreUnavailable);
    await expect(store.read('provider-1')).rejects.toThrow('The event log is closed.');
  });
}
