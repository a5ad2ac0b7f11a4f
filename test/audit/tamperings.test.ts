/** Ten thousand random changes of a log: none is missed, and the first bad position is the first one that differs. */

import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { type HeldHead, verifyLog } from '../../src/application/audit/verify-log.js';
import { readCheckpoint, readNote } from '../../src/domain/audit/checkpoint.js';
import { sha256 } from '../../src/infrastructure/audit/sha256.js';
import { openTreeToRead, treeFileName } from '../../src/infrastructure/audit/tree-file.js';
import { noHash, scannedLog } from '../../src/infrastructure/event-store/sqlite/scan-log.js';
import { prepareStatements } from '../../src/infrastructure/event-store/sqlite/statements.js';
import { copyOf, makeLog, openUnguarded, rehash, shift, sql } from '../support/tampered-log.js';

const runs = 10_000;

/** Numbers that a seed fixes (mulberry32). */
function numbers(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Pick = (below: number) => number;
type Tamper = (db: DatabaseSync, events: number, pick: Pick) => void;

const nameAt = (db: DatabaseSync, position: number) =>
  db
    .prepare('SELECT name, revision FROM events JOIN streams ON streams.id = stream WHERE position = ?')
    .get(position) as { name: string; revision: number } | undefined;

/** Turns one bit of a column. */
function flip(db: DatabaseSync, column: string, position: number, pick: Pick): void {
  const found = db.prepare(`SELECT ${column} AS bytes FROM events WHERE position = ?`).get(position) as
    | { bytes: Uint8Array }
    | undefined;
  if (!found) return;
  const at = pick(found.bytes.length);
  const changed = found.bytes.map((byte, n) => (n === at ? byte ^ (1 << pick(8)) : byte));
  db.prepare(`UPDATE events SET ${column} = ? WHERE position = ?`).run(changed, position);
}

const columns = ['data', 'metadata', 'hash', 'previous_hash', 'event_id'];
const any = (events: number, pick: Pick): number => 1 + pick(events);

const tampers: Readonly<Record<string, Tamper>> = {
  'turns a bit': (db, events, pick) => flip(db, columns[pick(columns.length)] ?? 'data', any(events, pick), pick),
  'turns a bit and makes hashes anew'(db, events, pick) {
    const position = any(events, pick);
    flip(db, 'data', position, pick);
    const of = nameAt(db, position);
    if (of) forge(db, of);
  },
  'changes a type': (db, events, pick) =>
    db.exec(`UPDATE events SET type = 'ProviderWithdrawn' WHERE position = ${any(events, pick)}`),
  deletes: (db, events, pick) => db.exec(`DELETE FROM events WHERE position = ${any(events, pick)}`),
  'deletes and closes the gap'(db, events, pick) {
    const position = any(events, pick);
    db.exec(`DELETE FROM events WHERE position = ${position}`);
    shift(position + 1, -1)(db);
  },
  'cuts off the end': (db, events, pick) => db.exec(`DELETE FROM events WHERE position > ${pick(events)}`),
  inserts(db, events, pick) {
    const [at, from] = [any(events, pick), any(events, pick)];
    shift(at, 1)(db);
    const source = from >= at ? from + 1 : from;
    db.exec(`INSERT INTO events SELECT ${at}, stream, ${1_000 * (1 + pick(1_000_000))} + revision, randomblob(16), type, data, metadata, previous_hash, hash
      FROM events WHERE position = ${source}`);
    const of = nameAt(db, at);
    if (of && pick(2) === 0) forge(db, of);
  },
  reorders(db, events, pick) {
    const [a, b] = [any(events, pick), any(events, pick)];
    sql(
      `UPDATE events SET position = -1 WHERE position = ${a}`,
      `UPDATE events SET position = ${a} WHERE position = ${b}`,
      `UPDATE events SET position = ${b} WHERE position = -1`,
    )(db);
  },
  'swaps between streams'(db, events, pick) {
    const [a, b] = [any(events, pick), any(events, pick)];
    const at = db.prepare('SELECT stream, revision FROM events WHERE position = ?');
    const put = db.prepare('UPDATE events SET stream = ?, revision = ? WHERE position = ?');
    const [first, second] = [at.get(a), at.get(b)] as ({ stream: number; revision: number } | undefined)[];
    if (!first || !second || a === b) return;
    put.run(-1, -1, a);
    put.run(first.stream, first.revision, b);
    put.run(second.stream, second.revision, a);
  },
  'renames a stream': (db, _, pick) => db.exec(`UPDATE streams SET name = name || '-x' WHERE id = ${1 + pick(6)}`),
  'makes another log of it': (db) => db.exec("UPDATE log SET id = 'other'"),
};

/** Bytes that are no UTF-8 have no hash, so nobody can make them one. */
function forge(db: DatabaseSync, { name, revision }: { name: string; revision: number }): void {
  try {
    rehash(name, revision)(db);
  } catch {
    // It stays as it was changed.
  }
}

const dump = `SELECT position, name, revision, hex(event_id), type, hex(data), hex(metadata), hex(previous_hash), hex(hash)
  FROM events LEFT JOIN streams ON streams.id = stream ORDER BY position`;

test(`${runs} random tamperings are found, each at the first position that differs`, async () => {
  const log = await makeLog();
  const db = openUnguarded(copyOf(log, true));
  const tree = openTreeToRead(join(log.folder, treeFileName));
  if (!tree) throw new Error('the tree is wanted');
  const statements = prepareStatements(db);
  const rows = db.prepare(dump);
  rows.setReturnArrays(true);
  const dumped = (): readonly string[] => rows.all().map((row) => JSON.stringify(row));
  const before = dumped();
  const head: HeldHead = { ...readCheckpoint(readNote(log.head(log.events)).text), signature: 'checked' };
  const kept = {
    rootAt: (size: number) => tree.root(size),
    leafAt: (n: number) => tree.leafNode(n),
  };
  const tried: Record<string, number> = {};
  const names = Object.keys(tampers);
  let found = 0;
  for (let seed = 1; found < runs; seed++) {
    const pick = numbers(seed);
    db.exec('BEGIN');
    const done = Array.from({ length: 1 + pick(2) }, () => names[pick(names.length)] ?? '');
    for (const name of done) tampers[name]?.(db, log.events, pick);
    const after = dumped();
    const { id: logId } = db.prepare('SELECT id FROM log').get() as { id: string };
    const differs = before.findIndex((row, n) => row !== after[n]);
    if (differs >= 0 || logId !== log.logId) {
      found += 1;
      for (const name of done) tried[name] = (tried[name] ?? 0) + 1;
      const { verdict, firstBad } = verifyLog(scannedLog({ logId, statements }), { sha256, noHash, head, kept }) ?? {};
      expect([seed, done, verdict, firstBad]).toEqual([seed, done, 'changed', differs < 0 ? undefined : differs + 1]);
    }
    db.exec('ROLLBACK');
  }
  expect(Object.keys(tried).sort()).toEqual(names.sort());
  tree.close();
  db.close();
});
