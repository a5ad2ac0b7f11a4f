/** Counts over all providers, for whoever watches the service; each goes along an index, and only what is not active is looked into. */
import type { DatabaseSync } from 'node:sqlite';
import type { ReadModels } from '../../application/ports/read-models.js';
import { stagePlaces, stagesInOrder } from '../../domain/provider/stage-order.js';

interface Count {
  readonly key: string;
  readonly count: number;
}

interface Placed {
  readonly place: number;
  readonly count: number;
}

/** Prepares the counts. */
export function censusReads(db: DatabaseSync): Pick<ReadModels, 'census'> {
  const all = db.prepare('SELECT count(*) AS count FROM provider_status');
  // Nearly all are active, and the index is read before and after them only.
  const unsettled = db.prepare(`
    SELECT stage_place AS place, count(*) AS count FROM provider_status WHERE stage_place < ${stagePlaces.active} GROUP BY 1
    UNION ALL
    SELECT stage_place, count(*) FROM provider_status WHERE stage_place > ${stagePlaces.active} GROUP BY 1`);
  const halted = db.prepare(`
    SELECT document ->> '$.provider.halt.reason' AS key, count(*) AS count
    FROM provider_status WHERE stage_place = ${stagePlaces.halted} GROUP BY key`);
  const owed = db.prepare(`
    SELECT min(document ->> '$.changedAt') AS since
    FROM provider_status INDEXED BY provider_status_due WHERE owed = 1 AND watched_since IS NULL`);
  return {
    census() {
      const others = (unsettled.all() as unknown as readonly Placed[]).map(({ place, count }) => ({
        key: stagesInOrder[place] ?? '',
        count,
      }));
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
