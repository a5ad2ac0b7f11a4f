/** The baseline of everything that goes through a whole log: each event read with all its columns, its data and metadata parsed. */
import type { DatabaseSync } from 'node:sqlite';

const pageSize = 1_000;
const utf8 = new TextDecoder();

export function readAll(log: DatabaseSync): void {
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
