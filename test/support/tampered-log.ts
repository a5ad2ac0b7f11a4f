/** A log with lives in it, whose file is changed from outside, as whoever has the file could do. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DomainEvent } from '../../src/domain/events.js';
import { openSigner } from '../../src/infrastructure/audit/signing-key.js';
import { openTreeFile, treeFileName } from '../../src/infrastructure/audit/tree-file.js';
import { hashOf } from '../../src/infrastructure/event-store/format/hash.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft } from './events.js';
import * as s from './story.js';
import { temporaryFolder } from './temporary-folder.js';

const registered: DomainEvent = { type: 'OrganizationRegistered', facts: s.eligible };
const revealed = (at: string): DomainEvent => ({ type: 'CredentialsRevealed', generation: 1, at });

/** Streams with their facts; they are recorded in turns, so that streams lie between each other. */
const lives: Readonly<Record<string, readonly DomainEvent[]>> = {
  'organization-acme': [registered],
  'provider-p1': [...s.active, s.claimed()],
  'provider-p2': s.created,
  'provider-p3': s.created,
  'access-p1-2026-11': ['2026-11-24T08:00:00.000Z', '2026-11-24T09:00:00.000Z'].map(revealed),
  'organization-globex': [registered],
};

export interface TamperedLog {
  /** Holds the log's file, and the audit's tree beside it. */
  readonly folder: string;
  readonly file: string;
  readonly logId: string;
  readonly events: number;
  /** Heads by their size, as checkpoints. */
  head(size: number): string;
  readonly key: string;
}

/** Makes the log, its tree, and heads of every size. */
export async function makeLog(): Promise<TamperedLog> {
  const folder = temporaryFolder();
  const file = join(folder, 'events.db');
  const store = openSqliteEventStore({ file });
  const tree = openTreeFile(join(folder, treeFileName), (why) => {
    throw new Error(why);
  });
  const longest = Math.max(...Object.values(lives).map(({ length }) => length));
  for (let n = 0; n < longest; n++)
    for (const [stream, facts] of Object.entries(lives)) {
      const fact = facts[n];
      if (!fact) continue;
      const [recorded] = await store.append(stream, n - 1, [draft(fact)]);
      if (recorded) tree.add([{ position: recorded.position, hash: recorded.metadata.hash }], recorded.position);
    }
  const { logId } = store;
  const origin = `partner-cloud/${logId}`;
  const signer = openSigner(new Uint8Array(32).fill(3), origin);
  const events = tree.size();
  const heads = Array.from(
    { length: events + 1 },
    (_, size) => signer.signHead({ origin, size, root: tree.root(size) }).note,
  );
  tree.close();
  await store.close();
  return { folder, file, logId, events, head: (size) => heads[size] ?? '', key: signer.publicKey };
}

/** A copy of the log alone, or with its tree. */
export function copyOf({ file, folder }: TamperedLog, withTree: boolean): string {
  const copy = join(temporaryFolder(), 'events.db');
  copyFileSync(file, copy);
  if (withTree) copyFileSync(join(folder, treeFileName), join(copy, '..', treeFileName));
  return copy;
}

/** Opens the file as somebody does who has first undone what guards it. */
export function openUnguarded(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER ${name}`);
  return db;
}

/** Changes the file of a log, and leaves nothing beside it. */
export function tamper(file: string, ...changes: readonly ((db: DatabaseSync) => void)[]): void {
  const db = openUnguarded(file);
  db.exec('PRAGMA journal_mode = DELETE');
  for (const change of changes) change(db);
  db.close();
}

export const sql =
  (...statements: readonly string[]) =>
  (db: DatabaseSync): void =>
    void statements.map((statement) => db.exec(statement));

/** Moves what comes from a position on by so many positions. */
export const shift = (from: number, by: number) =>
  sql(
    `UPDATE events SET position = -position WHERE position >= ${from}`,
    `UPDATE events SET position = -position + ${by} WHERE position < 0`,
  );

/** Sets the hashes of a stream anew from a revision on, as a forger does who knows how they are made. */
export const rehash = (stream: string, from: number) => (db: DatabaseSync) => {
  const rows = db
    .prepare(
      `SELECT position, revision, type, data, metadata, lower(hex(event_id)) AS id, lower(hex(previous_hash)) AS previous FROM events
       JOIN streams ON streams.id = stream WHERE name = ? AND revision >= ? ORDER BY revision`,
    )
    .all(stream, from) as unknown as readonly Row[];
  const set = db.prepare('UPDATE events SET previous_hash = unhex(?), hash = unhex(?) WHERE position = ?');
  let previousHash = rows[0]?.previous ?? '';
  for (const { position, revision, type, data, metadata, id } of rows) {
    const eventId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const hash = hashOf({ stream, revision, eventId, type, previousHash, data, metadata });
    set.run(previousHash, hash, position);
    previousHash = hash;
  }
};

interface Row {
  readonly position: number;
  readonly revision: number;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly id: string;
  readonly previous: string;
}
