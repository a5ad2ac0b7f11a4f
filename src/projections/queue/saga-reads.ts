/** What the saga's runner and the queue read: who waits, who is due, how full each payer is, who has had what. */
import type { DatabaseSync } from 'node:sqlite';
import type { Load, ReadModels } from '../../application/ports/read-models.js';
import type { Share, Waiting } from '../../domain/queue/queue.js';

/** What the queue is made of. */
interface QueueReads {
  /** In order of arrival. */
  waiting(): readonly Waiting[];
  share(organization: string): Share;
}

/** Prepares the reads over `saga-due` and `payer-load`. */
export function sagaReads(db: DatabaseSync): Pick<ReadModels, 'due' | 'loads'> & QueueReads {
  const waiting = db.prepare(
    'SELECT provider_id AS providerId, organization, territory, waiting_since AS since, returns_to AS returnsTo FROM saga_due_4 WHERE waiting_since IS NOT NULL ORDER BY waiting_since, provider_id',
  );
  // The index holds only who is due; SQLite would go through all providers in order of id to find the few.
  const due = db.prepare(
    'SELECT provider_id AS id, watched_since AS watchedSince FROM saga_due_4 INDEXED BY saga_due_4_owed WHERE owed = 1 AND provider_id > ? ORDER BY provider_id LIMIT ?',
  );
  const loads = db.prepare(`
    SELECT payer_id, SUM(creating) AS creating, SUM(accounts) AS accounts, SUM(kept) AS kept FROM (
      SELECT payer_id, holds = 'slot' AS creating, 0 AS accounts, holds = 'place' AS kept
        FROM payer_load_2 WHERE holds IN ('slot', 'place')
      UNION ALL SELECT payer_id, 0, accounts, 0 FROM payer_load_2_accounts
    ) GROUP BY payer_id`);
  // SQLite takes the index of a few rows only where the condition of the index is repeated word for word.
  const share = db.prepare(`
    SELECT (SELECT COUNT(*) FROM payer_load_2
        WHERE holds IN ('slot', 'place') AND holds = 'slot' AND organization = ?1) AS creating,
      COALESCE((SELECT turn FROM payer_load_2_turns WHERE organization = ?1), 0) AS lastTurn`);
  return {
    waiting: () => waiting.all() as unknown as Waiting[],
    due: (afterId, limit) =>
      (due.all(afterId, limit) as { id: string; watchedSince: string | null }[]).map((row) => ({
        id: row.id,
        watchedSince: row.watchedSince ?? undefined,
      })),
    loads: () =>
      Object.fromEntries(
        (loads.all() as unknown as ({ payer_id: string } & Load)[]).map(({ payer_id, ...load }) => [payer_id, load]),
      ),
    share: (organization) => share.get(organization) as unknown as Share,
  };
}
