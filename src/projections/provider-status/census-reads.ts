/** Counts over all providers, for whoever watches the service; each goes along an index, and only what is not active is looked into. */
import type { DatabaseSync } from 'node:sqlite';
import type { ReadModels } from '../../application/ports/read-models.js';

interface Count {
  readonly key: string;
  readonly count: number;
}

/** Prepares the counts. */
export function censusReads(db: DatabaseSync): Pick<ReadModels, 'census'> {
  const all = db.prepare('SELECT count(*) AS count FROM provider_status');
  // Nearly all are active, and the index holds the others alone.
  const unsettled = db.prepare(
    "SELECT stage AS key, count(*) AS count FROM provider_status WHERE stage <> 'active' GROUP BY stage",
  );
  const halted = db.prepare(`
    SELECT document ->> '$.provider.halt.reason' AS key, count(*) AS count
    FROM provider_status WHERE stage = 'halted' AND stage <> 'active' GROUP BY key`);
  const owed = db.prepare(`
    SELECT min(document ->> '$.changedAt') AS since
    FROM provider_status INDEXED BY provider_status_due WHERE owed = 1 AND watched_since IS NULL`);
  return {
    census() {
      const others = unsettled.all() as unknown as readonly Count[];
      const { count } = all.get() as { count: number };
      const active = others.reduce((left, each) => left - each.count, count);
      const { since } = owed.get() as { since: string | null };
      return {
        byStage: { ...counts(others), active },
        haltedBy: counts(halted.all() as unknown as readonly Count[]),
        owedSince: since ?? undefined,
      };
    },
  };
}

const counts = (rows: readonly Count[]): Readonly<Record<string, number>> =>
  Object.fromEntries(rows.map(({ key, count }) => [key, count]));
