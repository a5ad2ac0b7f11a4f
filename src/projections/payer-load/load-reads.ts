/** Reads of `payer-load`: how full each payer is, and what each organization has of the slots. */
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { Load, ReadModels } from '../../application/ports/read-models.js';

/** What an organization has; `lastTurn` is the position of its last assignment. */
export interface StoredShare {
  readonly creating: number;
  readonly lastTurn: Position | null;
}

export interface LoadReads extends Pick<ReadModels, 'loads'> {
  share(organization: string): StoredShare;
}

/** Prepares the reads. */
export function loadReads(db: DatabaseSync): LoadReads {
  const loads = db.prepare(`
    SELECT payer_id, SUM(creating) AS creating, SUM(accounts) AS accounts, SUM(kept) AS kept FROM (
      SELECT payer_id, holds = 'slot' AS creating, 0 AS accounts, holds = 'place' AS kept
        FROM payer_load WHERE holds IN ('slot', 'place')
      UNION ALL SELECT payer_id, 0, accounts, 0 FROM payer_load_accounts
    ) GROUP BY payer_id`);
  // SQLite takes the index of a few rows only where the condition of the index is repeated word for word.
  const share = db.prepare(`
    SELECT (SELECT COUNT(*) FROM payer_load
        WHERE holds IN ('slot', 'place') AND holds = 'slot' AND organization = ?1) AS creating,
      (SELECT turn FROM payer_load_turns WHERE organization = ?1) AS lastTurn`);
  return {
    loads: () =>
      Object.fromEntries(
        (loads.all() as unknown as ({ payer_id: string } & Load)[]).map(({ payer_id, ...load }) => [payer_id, load]),
      ),
    share: (organization) => share.get(organization) as unknown as StoredShare,
  };
}
