/** Somebody else's lock on the file keeps nobody but writers waiting, and those not for ever. */
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../../../src/application/ports/event-store-errors.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { drafts, named } from '../../../support/events.js';
import { temporaryFile } from '../../../support/temporary-file.js';

let log: { file: string; remove(): Promise<void> };
let store: SqliteEventStore;
let other: DatabaseSync;

beforeEach(async () => {
  log = await temporaryFile();
  store = openSqliteEventStore({ file: log.file });
  await store.append('provider-1', -1, drafts('a'));
  other = new DatabaseSync(log.file);
});

afterEach(async () => {
  other.close();
  await store.close();
  await log.remove();
});

test('an append that meets a lock is written once it is gone, and everything else goes on meanwhile', async () => {
  other.exec('BEGIN IMMEDIATE');
  let answered = false;
  const append = store.append('provider-1', 0, drafts('b')).finally(() => {
    answered = true;
  });
  for (let turns = 0; turns < 1_000; turns++) await nextTurn();
  expect(answered).toBe(false);
  expect(await store.read('provider-1')).toMatchObject([{ event: named('a') }]);
  expect(store.health()).toMatchObject({ waiting: 1, problem: undefined });
  other.exec('ROLLBACK');
  expect(await append).toMatchObject([{ revision: 1, event: named('b') }]);
});

test('appends that wait for a lock keep their order, and each is answered for itself', async () => {
  other.exec('BEGIN IMMEDIATE');
  const first = store.append('provider-1', 0, drafts('b'));
  const second = store.append('provider-1', 1, drafts('c'));
  await nextTurn();
  const third = store.append('provider-1', 0, drafts('d'));
  const refused = expect(third).rejects.toMatchObject({ actualRevision: 2 });
  await nextTurn();
  other.exec('ROLLBACK');
  expect([await first, await second]).toMatchObject([[{ revision: 1 }], [{ revision: 2 }]]);
  await refused;
});

test('a lock that is never given back is refused in words, and nothing is stored', async () => {
  other.exec('BEGIN IMMEDIATE');
  const append = store.append('provider-1', 0, drafts('b'));
  await expect(append).rejects.toThrow(StoreUnavailable);
  await expect(append).rejects.toThrow(/another process has kept its file locked/);
  expect(store.health().problem).toMatch(/another process has kept its file locked/);
  other.exec('ROLLBACK');
  expect(await store.append('provider-1', 0, drafts('c'))).toMatchObject([{ revision: 1, event: named('c') }]);
});

test('a store that is closed meanwhile answers at once', async () => {
  other.exec('BEGIN IMMEDIATE');
  const refused = expect(store.append('provider-1', 0, drafts('b'))).rejects.toThrow(StoreUnavailable);
  await store.close();
  await refused;
  other.exec('ROLLBACK');
});

test('more appends than may wait are refused by name', async () => {
  other.exec('BEGIN IMMEDIATE');
  const all = await Promise.allSettled([
    ...Array.from({ length: 10_000 }, (_, n) => store.append(`provider-q${n}`, -1, drafts('a')).catch(() => undefined)),
    store.append('provider-1', 0, drafts('b')),
  ]);
  other.exec('ROLLBACK');
  expect(all.at(-1)).toMatchObject({
    status: 'rejected',
    reason: { name: 'Error', message: '10000 appends wait to be written.' },
  });
});
