/** The audit's tree in a file of its own: every complete subtree's hash, so that a proof reads a few dozen rows. */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { errorText } from '../../application/error-text.js';
import type { AuditTree, AuditTreeReads } from '../../application/ports/audit-tree.js';
import type { Position } from '../../application/ports/event-store.js';
import { consistencyProof, inclusionProof, type NodeAt, rootOf } from '../../domain/audit/merkle-tree.js';
import { passes } from '../sqlite-failures.js';
import { bytesOf, hexOf, sha256 } from './sha256.js';
import { prepareTree } from './tree-statements.js';

/** It is made from the log again, so it need not survive a power cut whole. */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  PRAGMA wal_autocheckpoint = 10000;
  PRAGMA journal_size_limit = 67108864;`;

/** Marks the file as ours ("PCat" in ASCII). */
const applicationId = 0x50436174;
const fileVersion = 1;

const schema = `
  CREATE TABLE IF NOT EXISTS nodes (place INTEGER PRIMARY KEY, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
  CREATE TABLE IF NOT EXISTS leaves (position INTEGER PRIMARY KEY, leaf INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS reached (one INTEGER PRIMARY KEY CHECK (one = 1), position TEXT NOT NULL, size INTEGER NOT NULL) STRICT;`;

/** The file's name in the data folder. */
export const treeFileName = 'audit-tree.db';

export interface ReadableTree extends AuditTreeReads {
  /** The node of a leaf. */
  leafNode(n: number): Uint8Array;
  close(): void;
}

export interface TreeFile extends AuditTree, ReadableTree {}

/** Opens or makes the tree; one that cannot be used is thrown away, and the log fills a new one. Throws what a full or missing disk says. */
export function openTreeFile(file: string, thrownAway: (why: string) => void): TreeFile {
  try {
    return treeIn(open(file));
  } catch (error) {
    if (passes(error)) throw error;
    thrownAway(errorText(error));
    for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
    return treeIn(open(file));
  }
}

/** Opens a tree only to read it; `undefined` where there is none that can be used. */
export function openTreeToRead(file: string): ReadableTree | undefined {
  try {
    return treeIn(new DatabaseSync(file, { readOnly: true }));
  } catch {
    return undefined;
  }
}

function open(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec(pragmas);
    const [id, version] = ['application_id', 'user_version'].map((name) => pragma(db, name));
    if (version !== 0 && (id !== applicationId || version !== fileVersion)) throw new Error('it is of another form');
    db.exec(`${schema} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${fileVersion}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const pragma = (db: DatabaseSync, name: string): number =>
  Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

/** The number in a position, which is `<log id>:<number>`, growing along the log. */
const numberIn = (position: Position): number => Number(position.slice(position.lastIndexOf(':') + 1));
const logIn = (position: Position): string => position.slice(0, position.lastIndexOf(':'));

function treeIn(db: DatabaseSync): TreeFile {
  const statements = prepareTree(db);
  let reached = statements.reached();
  const isOfThisLog = (position: Position): boolean =>
    reached.position !== undefined && logIn(reached.position) === logIn(position);
  return {
    ...proofsOver(statements.nodeAt),
    size: () => reached.size,
    upTo: () => reached.position,
    leafNode: (n) => statements.nodeAt(0, n),
    leafAt: (position) => (isOfThisLog(position) ? statements.leafAt(numberIn(position)) : undefined),
    sizeAt: (position) => (isOfThisLog(position) ? statements.sizeAt(numberIn(position)) : 0),
    add(leaves, upTo) {
      transaction(db, () => {
        for (const [n, { position, hash }] of leaves.entries())
          statements.addLeaf(reached.size + n, numberIn(position), bytesOf(hash));
        statements.reach(upTo, reached.size + leaves.length);
      });
      reached = { position: upTo, size: reached.size + leaves.length };
    },
    startAnew() {
      transaction(db, () => db.exec('DELETE FROM nodes; DELETE FROM leaves; DELETE FROM reached'));
      reached = { position: undefined, size: 0 };
    },
    close: () => db.close(),
  };
}

const proofsOver = (at: NodeAt): Pick<AuditTree, 'root' | 'inclusion' | 'consistency'> => ({
  root: (size) => hexOf(rootOf(sha256, at, size)),
  inclusion: (leaf, size) => inclusionProof(sha256, at, leaf, size).map(hexOf),
  consistency: (older, newer) => consistencyProof(sha256, at, older, newer).map(hexOf),
});

function transaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
