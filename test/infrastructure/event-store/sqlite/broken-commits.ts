/** Commits that fail: before or after they held, on a full disk, and with a file that cannot be opened again. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '../../../../src/application/ports/event-store-errors.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft, drafts, named } from '../../../support/events.js';
import { pagesUntil, restOf } from '../../../support/following.js';
import { temporaryFile } from '../../../support/temporary-file.js';

type Commit = (db: DatabaseSync) => void;

const well: Commit = (db) => db.exec('COMMIT');
const failsBefore: Commit = () => {
  throw new Error('disk I/O error');
};
const failsAfter: Commit = (db) => {
  db.exec('COMMIT');
  throw new Error('disk I/O error');
};

/** Keeps the file from growing, as a full disk does; SQLite itself then answers SQLITE_FULL. */
const fills: Commit = (db) => {
  db.exec('COMMIT');
  const { page_count } = db.prepare('PRAGMA page_count').get() as { page_count: number };
  db.exec(`PRAGMA max_page_count = ${page_count}`);
};

let log: { file: string; remove(): Promise<void> };
let store: SqliteEventStore;
let commit: Commit;

/** Puts a folder where the log was, so that it cannot be opened. */
function hide(): void {
  renameSync(log.file, `${log.file}.hidden`);
  mkdirSync(log.file);
}

function unhide(): void {
  rmSync(log.file, { recursive: true });
  renameSync(`${log.file}.hidden`, log.file);
}

const failsForGood: Commit = (db) => {
  db.exec('COMMIT');
  hide();
  throw new Error('disk I/O error');
};

export function brokenCommits(): void {
  describe('a commit that fails', () => {
    beforeEach(async () => {
      commit = well;
      log = await temporaryFile();
      store = openSqliteEventStore({ file: log.file, commit: (db) => commit(db) });
      await store.append('provider-0', -1, drafts('first'));
    });
    afterEach(async () => {
      await store.close();
      await log.remove();
    });
    held();
    lost();
    unknown();
  });
}

function held(): void {
  test('although it held is answered with what is stored', async () => {
    commit = failsAfter;
    const [a, b] = await Promise.all([
      store.append('provider-1', -1, drafts('a', 'b')),
      store.append('provider-2', -1, drafts('c')),
    ]);
    expect(await store.read('provider-1')).toEqual(a);
    expect(await store.read('provider-2')).toEqual(b);
    expect(store.health().problem).toBe("The event log's commit failed: disk I/O error");
  });

  test('although it held lets a conflict stand and wakes who follows', async () => {
    commit = failsAfter;
    const followed = pagesUntil(store, store.head(), (_, all) => all.length === 1);
    const all = await Promise.allSettled([
      store.append('provider-1', -1, drafts('a')),
      store.append('provider-1', -1, drafts('b')),
    ]);
    expect(all[1]).toMatchObject({ reason: expect.any(RevisionConflict) });
    expect((await followed).flatMap(({ events }) => events)).toEqual(await store.read('provider-1'));
  });
}

function lost(): void {
  test('and did not hold stores nothing, and says so to all of its group', async () => {
    commit = failsBefore;
    const repeated = draft(named('a'));
    const all = await Promise.allSettled([
      store.append('provider-1', -1, [repeated]),
      store.append('provider-1', -1, [repeated]),
      store.append('provider-1', -1, drafts('b')),
    ]);
    for (const one of all) expect(one).toMatchObject({ reason: expect.any(StoreUnavailable) });
    expect(await restOf(store)).toHaveLength(1);
    expect(store.head()).toMatch(/:1$/);
  });

  test('and did not hold is forgotten once the next one holds', async () => {
    commit = failsBefore;
    const again = [draft(named('a'))];
    await expect(store.append('provider-1', -1, again)).rejects.toThrow(StoreUnavailable);
    commit = well;
    const recorded = await store.append('provider-1', -1, again);
    expect(recorded).toMatchObject([{ revision: 0, event: named('a') }]);
    expect(store.head()).toMatch(/:2$/);
    expect(store.health()).toMatchObject({ problem: undefined, head: store.head(), waiting: 0 });
  });

  test('because the disk is full stores nothing and leaves what is there readable', async () => {
    commit = fills;
    await store.append('provider-1', -1, drafts('a'));
    const large = () => draft(named('x'.repeat(100_000)));
    const all = await Promise.allSettled([
      store.append('provider-2', -1, drafts('small')),
      store.append('provider-3', -1, [large()]),
    ]);
    for (const one of all) expect(one).toMatchObject({ reason: expect.any(StoreUnavailable) });
    expect(store.health().problem).toMatch(/cannot be written: database or disk is full/);
    expect(await restOf(store)).toHaveLength(2);
    const roomAgain = openSqliteEventStore({ file: log.file });
    expect(await roomAgain.append('provider-3', -1, [large()])).toHaveLength(1);
    await roomAgain.close();
  });
}

function unknown(): void {
  test('with a file that cannot be opened is answered as unknown, and found out by a repeat', async () => {
    commit = failsForGood;
    const again = [draft(named('a'))];
    await expect(store.append('provider-1', -1, again)).rejects.toThrow(OutcomeUnknown);
    await expect(store.append('provider-2', -1, drafts('b'))).rejects.toThrow(StoreUnavailable);
    await expect(store.read('provider-1')).rejects.toThrow(StoreUnavailable);
    unhide();
    commit = well;
    expect(await store.append('provider-1', -1, again)).toEqual(await store.read('provider-1'));
    expect(await restOf(store)).toHaveLength(2);
  });

  test('with a file that was exchanged for another log is answered as unknown', async () => {
    commit = (db) => {
      db.exec('COMMIT');
      renameSync(log.file, `${log.file}.hidden`);
      void openSqliteEventStore({ file: log.file }).close();
      throw new Error('disk I/O error');
    };
    const append = store.append('provider-1', -1, drafts('a'));
    await expect(append).rejects.toThrow(/its file was exchanged for another log/);
    await expect(store.read('provider-1')).rejects.toThrow(StoreUnavailable);
  });
}
