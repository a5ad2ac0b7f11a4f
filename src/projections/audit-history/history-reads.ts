/** What histories are read from: the rows of `audit-history`, which lie in the order of the log. */
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { HistoryRow, ReadModels } from '../../application/ports/read-models.js';
import type { ReadableLog } from '../engine/read-model.js';

export type HistoryReads = Pick<ReadModels, 'historyOf'>;

/** Prepares the read over `audit-history`. */
export function historyReads(db: DatabaseSync, log: ReadableLog): HistoryReads {
  const page = db.prepare(`
    SELECT position, stream, revision FROM audit_history
    WHERE provider = (SELECT number FROM audit_history_providers WHERE provider_id = ?) AND place > ?
    ORDER BY place LIMIT ?`);
  const endOf = openEnds(db, log);
  return {
    historyOf(providerId, after, limit) {
      const from = after === undefined ? 0 : endOf(after);
      const rows = page.all(providerId, from, limit + 1) as unknown as HistoryRow[];
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return rows.length > limit && last ? { items, next: last.position } : { items };
    },
  };
}

/** The place up to which rows lie at or before a position, found by halving what it may be: few have a row there. */
function openEnds(db: DatabaseSync, log: ReadableLog): (position: Position) => number {
  const last = db.prepare('SELECT max(place) AS place FROM audit_history');
  const upTo = db.prepare('SELECT position FROM audit_history WHERE place <= ? ORDER BY place DESC LIMIT 1');
  return (position) => {
    let low = 0;
    let high = (last.get() as { place: number | null }).place ?? 0;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const row = upTo.get(middle) as { position: Position } | undefined;
      if (!row || log.compare(row.position, position) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
