/** Reads of one turn share a snapshot, which nobody sees but by its speed: the file is as it is for whoever asks next. */

import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkpointOf, openModelFile, transaction } from '../../../src/projections/engine/model-file.js';
import { endSnapshot, sharedSnapshot } from '../../../src/projections/engine/turn-snapshot.js';
import { damageInUse } from '../../support/damaged-file.js';
import { temporaryFile } from '../../support/temporary-file.js';

const form = { schema: 'CREATE TABLE IF NOT EXISTS rows (n INTEGER PRIMARY KEY)', cacheMiB: 1 };
const countOf = (db: DatabaseSync): unknown => db.prepare('SELECT count(*) AS count FROM rows').get()?.count;

let folder: Awaited<ReturnType<typeof temporaryFile>>;

beforeEach(async () => {
  folder = await temporaryFile('rows.db');
});
afterEach(() => folder.remove());

function opened() {
  const { file } = folder;
  const db = openModelFile(file, form);
  const other = new DatabaseSync(file);
  return { db, other, read: sharedSnapshot(db) };
}

test('what another connection writes is seen in the next turn, and in this one once the snapshot is ended', async () => {
  const { db, other, read } = opened();
  read();
  expect(countOf(db)).toBe(0);
  other.exec('INSERT INTO rows VALUES (1)');
  read();
  expect(countOf(db)).toBe(0);
  await nextTurn();
  read();
  expect(countOf(db)).toBe(1);
  other.exec('INSERT INTO rows VALUES (2)');
  endSnapshot(db);
  expect(countOf(db)).toBe(2);
  await nextTurn();
  expect(db.isTransaction).toBe(false);
});

test('who writes, or asks where the file stands, does so on what it holds now', async () => {
  const { db, other, read } = opened();
  read();
  expect(countOf(db)).toBe(0);
  other.exec("INSERT INTO rows VALUES (1); INSERT INTO checkpoint VALUES (1, 'log:7', '{}', 1)");
  expect(checkpointOf(db)).toMatchObject({ position: 'log:7', filled: true });
  read();
  transaction(db, () => db.exec('INSERT INTO rows VALUES (2)'));
  read();
  expect(countOf(db)).toBe(2);
  await nextTurn();
  expect(db.isTransaction).toBe(false);
});

test('a read inside a transaction reads what that has written, and leaves it open', () => {
  const { db, read } = opened();
  transaction(db, () => {
    db.exec('INSERT INTO rows VALUES (1)');
    read();
    expect(countOf(db)).toBe(1);
  });
  expect(countOf(db)).toBe(1);
});

test('a file that was closed in the same turn is left alone', async () => {
  const { db, read } = opened();
  read();
  db.close();
  await nextTurn();
  expect(db.isOpen).toBe(false);
});

test('a file that is damaged fails whoever reads it, and never the end of a turn, which nobody could answer for', async () => {
  const { db, other, read } = opened();
  other.exec(
    `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 20000) INSERT INTO rows SELECT n FROM n`,
  );
  other.close();
  damageInUse(folder.file);
  read();
  expect(() => db.prepare('SELECT n FROM rows ORDER BY n').all()).toThrow(/malformed/);
  await nextTurn();
  expect(db.isTransaction).toBe(false);
  db.close();
});
