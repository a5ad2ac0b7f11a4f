/** What a service has left on disk, read once it is gone. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from './temporary-folder.js';

export interface Fact {
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Every fact of the log in this data folder, in its order. A read-only connection would leave files beside it. */
export function factsIn(data: string): Fact[] {
  using db = new DatabaseSync(join(data, 'events.db'));
  const rows = db
    .prepare('SELECT name, type, data, metadata FROM events JOIN streams ON streams.id = stream ORDER BY position')
    .all() as { name: string; type: string; data: Uint8Array; metadata: Uint8Array }[];
  return rows.map(({ name, type, data, metadata }) => ({
    stream: name,
    type,
    data: JSON.parse(Buffer.from(data).toString()),
    at: Date.parse(JSON.parse(Buffer.from(metadata).toString()).recordedAt),
  }));
}

/** What SQLite finds wrong with each database of the folder; `ok` where nothing is. */
export function integrityOf(data: string): Record<string, unknown> {
  const all = readdirSync(data, { recursive: true, encoding: 'utf8' });
  const files = all.filter((name) => name.endsWith('.db') && name !== 'lock.db');
  return Object.fromEntries(
    files.map((name) => {
      using db = new DatabaseSync(join(data, name));
      return [name, Object.values(db.prepare('PRAGMA integrity_check').get() ?? {})[0]];
    }),
  );
}

/** Files that SQLite leaves beside a database until its last connection is closed in order. */
export const leftOpenIn = (data: string): string[] =>
  readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => /-(wal|shm|journal)$/.test(name));

/** A copy to look into, so that what a killed service left is found by its next life as it was. */
export function copyOf(data: string): string {
  const copy = join(temporaryFolder(), 'data');
  cpSync(data, copy, { recursive: true });
  return copy;
}
