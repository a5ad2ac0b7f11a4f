/** What came of the last deliveries of webhooks, and how far they are, in a file beside those of the read models; no fact rests on it. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DeliveryPlace, DeliveryPlaces } from '../../application/ports/delivery-places.js';
import type { Deliveries, Delivery } from '../../application/ports/webhook-sender.js';
import { passes } from '../../infrastructure/sqlite-failures.js';
import { openModelFile, transaction } from '../engine/model-file.js';

const schema = `
  CREATE TABLE IF NOT EXISTS webhook_place (
    id TEXT PRIMARY KEY, position TEXT NOT NULL, starts INTEGER NOT NULL, failing_since TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS webhook_delivery (
    id TEXT NOT NULL, n INTEGER NOT NULL, delivery TEXT NOT NULL, PRIMARY KEY (id, n)
  ) WITHOUT ROWID;`;

/** Deliveries that are kept of each webhook. */
const mostKept = 50;

/** Opens (or makes) the file in the folder of the read models. */
export const openDeliveriesFile = (folder: string, thrownAway?: (why: string) => void): DatabaseSync =>
  openModelFile(join(folder, 'webhook-deliveries.db'), { schema, cacheMiB: 4 }, thrownAway);

/** So long, and so many, deliveries may wait to be written together: a transaction for each took as long as sending it. */
const waitMs = 250;
const mostWaiting = 50;

type Noted = readonly [id: string, delivery: Delivery];

/** The deliveries in an open file; what finds no room there is forgotten. */
export function openDeliveries(db: DatabaseSync): Deliveries {
  const newest = db.prepare(`SELECT delivery FROM webhook_delivery WHERE id = ? ORDER BY n DESC LIMIT ${mostKept}`);
  const waiting = openWaiting(writerOf(db));
  return {
    note(id, delivery) {
      waiting.add([id, delivery]);
    },
    last(id) {
      waiting.write();
      return (newest.all(id) as { delivery: string }[]).map(({ delivery }) => JSON.parse(delivery) as Delivery);
    },
    keep: waiting.write,
  };
}

/** What waits to be written; where nothing follows that takes it along, a timer writes it, which keeps no process alive. */
function openWaiting(writeAll: (noted: readonly Noted[]) => void) {
  const waiting: Noted[] = [];
  let writtenAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    writtenAt = performance.now();
    writeAll(waiting.splice(0));
  }
  function late(): void {
    try {
      write();
    } catch {
      // Nobody is there to be told; the next who writes or reads meets the same damage.
    }
  }
  return {
    write,
    add(noted: Noted): void {
      waiting.push(noted);
      if (waiting.length >= mostWaiting || performance.now() - writtenAt >= waitMs) write();
      else timer ??= setTimeout(late, waitMs).unref();
    },
  };
}

/** Writes deliveries in one transaction, and drops the oldest of each webhook. */
function writerOf(db: DatabaseSync): (noted: readonly Noted[]) => void {
  const insert = db.prepare(`
    INSERT INTO webhook_delivery VALUES (
      ?1, 1 + coalesce((SELECT max(n) FROM webhook_delivery WHERE id = ?1), 0), ?2) RETURNING n`);
  const prune = db.prepare('DELETE FROM webhook_delivery WHERE id = ? AND n <= ?');
  return (noted) => {
    if (noted.length === 0) return;
    try {
      transaction(db, () => {
        for (const [id, delivery] of noted) {
          const { n } = insert.get(id, JSON.stringify(delivery)) as { n: number };
          prune.run(id, n - mostKept);
        }
      });
    } catch (error) {
      if (!passes(error)) throw error;
    }
  };
}

/** The places in an open file, of a log that this process alone writes. */
export function openPlaces(db: DatabaseSync): DeliveryPlaces {
  const all = db.prepare('SELECT id, position, starts, failing_since AS failingSince FROM webhook_place');
  const upsert = db.prepare('INSERT OR REPLACE INTO webhook_place VALUES (?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM webhook_place WHERE id = ?');
  return {
    async load() {
      const rows = all.all() as unknown as (DeliveryPlace & { id: string; failingSince: string | null })[];
      return new Map(
        rows.map(({ id, failingSince, ...place }) => [
          id,
          { ...place, ...(failingSince !== null && { failingSince }) },
        ]),
      );
    },
    async save(changed) {
      transaction(db, () => {
        for (const [id, place] of changed)
          if (place) upsert.run(id, place.position, place.starts, place.failingSince ?? null);
          else remove.run(id);
      });
    },
  };
}
