/** What the saga's runner and the queue read: who waits, who is due, how full each payer is. */
import type { DatabaseSync } from 'node:sqlite';
import type { Load, ReadModels } from '../application/read-models.js';
import type { Waiting } from '../domain/queue.js';

/** Prepares the reads over `saga-due` and `payer-load`. */
export function sagaReads(db: DatabaseSync): Pick<ReadModels, 'waiting' | 'due' | 'loads' | 'busy'> {
  const waiting = db.prepare(
    'SELECT provider_id AS providerId, organization, territory, waiting_since AS since, returns_to AS returnsTo FROM saga_due_2 WHERE waiting_since IS NOT NULL ORDER BY waiting_since',
  );
  // The index holds only who is due; SQLite would go through all providers in order of id to find the few.
  const due = db.prepare(
    'SELECT provider_id FROM saga_due_2 INDEXED BY saga_due_2_owed WHERE owed = 1 AND provider_id > ? ORDER BY provider_id LIMIT ?',
  );
  const loads = db.prepare(
    "SELECT payer_id, SUM(holds = 'slot') AS creating, SUM(holds = 'account') AS accounts, SUM(holds = 'place') AS kept FROM payer_load_1 WHERE holds <> 'nothing' GROUP BY payer_id",
  );
  const busy = db.prepare(
    "SELECT organization, COUNT(*) AS creating FROM payer_load_1 WHERE holds = 'slot' GROUP BY organization",
  );
  return {
    waiting: () => waiting.all() as unknown as Waiting[],
    due: (afterId, limit) => (due.all(afterId, limit) as { provider_id: string }[]).map((row) => row.provider_id),
    loads: () =>
      Object.fromEntries(
        (loads.all() as unknown as ({ payer_id: string } & Load)[]).map(({ payer_id, ...load }) => [payer_id, load]),
      ),
    busy: () =>
      Object.fromEntries(
        (busy.all() as { organization: string; creating: number }[]).map((row) => [row.organization, row.creating]),
      ),
  };
}
