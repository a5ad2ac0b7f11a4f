/** Read models filled from an empty file, against reading and JSON-parsing the same events. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFile } from '../src/projections/engine/database.js';
import type { Projection } from '../src/projections/engine/projection.js';
import { startProjector } from '../src/projections/engine/projector.js';
import { type Course, perSecond } from './benchmark.js';
import { runFolder } from './folders.js';
import { keptLives } from './lives-log.js';

/** A course over a log of so many events. */
export async function catchUpCourse(events: number, projections: readonly Projection[]): Promise<Course> {
  const file = await keptLives(events);
  const folder = runFolder();
  const store = openSqliteEventStore({ file });
  const log = new DatabaseSync(file, { readOnly: true });
  const count = Number(store.head()?.split(':')[1]);
  return {
    ours: async (round) => [await perSecond(count, () => project(store, join(folder, `${round}.db`), projections))],
    baseline: async () => [await perSecond(count, () => readAll(log))],
    async close() {
      log.close();
      await store.close();
    },
  };
}

/** Fills the projections in a new file up to the head of the log. */
async function project(store: SqliteEventStore, file: string, projections: readonly Projection[]): Promise<void> {
  const db = openReadModelFile(file);
  const stopping = new AbortController();
  const head = store.head() ?? '';
  const projector = startProjector(store, db, projections, stopping.signal, () => {
    const stopped = projector.health().find((each) => each.stopped)?.stopped;
    if (stopped !== undefined || projector.reached(head)) stopping.abort(stopped);
  });
  await projector.ended;
  if (!projector.reached(head)) throw new Error(`A read model stands still: ${stopping.signal.reason}`);
  db.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

const pageSize = 1_000;
const utf8 = new TextDecoder();

/** Every event with all its columns, its data and metadata parsed. */
function readAll(log: DatabaseSync): void {
  const page = log.prepare(`SELECT position, name, revision, event_id, type, data, metadata, previous_hash, hash
    FROM events JOIN streams ON streams.id = events.stream WHERE position > ? ORDER BY position LIMIT ${pageSize}`);
  for (let after = 0; ; ) {
    const rows = page.all(after) as unknown as { position: number; data: Uint8Array; metadata: Uint8Array }[];
    for (const { data, metadata } of rows) parsed(data, metadata);
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
  }
}

const parsed = (...parts: readonly Uint8Array[]): readonly unknown[] =>
  parts.map((bytes) => JSON.parse(utf8.decode(bytes)));
