/** The read models as queries use them. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { providers, streamOf } from '../application/aggregates.js';
import type { EventStore, Position } from '../application/event-store.js';
import type { Log } from '../application/log.js';
import type {
  HistoryRow,
  ListOf,
  ListPage,
  OrganizationRow,
  ProviderRow,
  ReadModels,
} from '../application/read-models.js';
import type { Step } from '../domain/provider/steps.js';
import { lineUp } from '../domain/queue.js';
import { cursorOf, placeIn } from './cursors.js';
import { watched, watchForDamage } from './damage.js';
import { projections } from './database.js';
import { type Projector, startProjector } from './projector.js';
import type { StatusDocument } from './provider-status.js';
import { sagaReads } from './saga-reads.js';
import { searchReads } from './search-reads.js';

/** Starts filling the read models of an open file and answers with a way to read them. */
export function startReadModels(
  store: EventStore,
  db: DatabaseSync,
  signal: AbortSignal,
  log?: Log,
): ReadModels & { readonly ended: Promise<void> } {
  const waiters = new Set<() => void>();
  const damage = watchForDamage(db);
  let line: ReturnType<ReadModels['line']> | undefined;
  const moved = (): void => {
    line = undefined;
    for (const check of [...waiters]) check();
  };
  const projector = startProjector(store, db, projections, signal, moved, { damage, log });
  const rows = { ...statusReads(db), ...historyReads(db, store), ...sagaReads(db), organization: organizationRead(db) };
  const reads = watched({ ...rows, ...searchReads(db, rows.provider) }, damage);
  const quarantined = (id: string) => projector.quarantine().setAside[streamOf(providers, id)];
  const waiting = () => reads.waiting().filter(({ providerId }) => !quarantined(providerId));
  return {
    ...reads,
    quarantined,
    waiting,
    line() {
      line ??= lineUp(waiting(), reads.busy());
      return line;
    },
    waitFor: (position, timeoutMs) => waitUntil(projector, position, timeoutMs, waiters),
    health: projector.health,
    ended: projector.ended,
  };
}

function waitUntil(
  projector: Projector,
  position: Position,
  timeoutMs: number,
  waiters: Set<() => void>,
): Promise<boolean> {
  if (projector.reached(position)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (reached: boolean): void => {
      clearTimeout(timer);
      waiters.delete(check);
      resolve(reached);
    };
    const check = (): void => {
      if (projector.reached(position)) settle(true);
    };
    const timer = setTimeout(() => settle(false), timeoutMs);
    waiters.add(check);
  });
}

function statusReads(db: DatabaseSync): Pick<ReadModels, 'provider' | 'providersAfter' | 'providersOf' | 'pace'> {
  const one = db.prepare('SELECT document FROM provider_status_1 WHERE provider_id = ?');
  const pageOf = (narrowed: string): StatementSync =>
    db.prepare(`
    SELECT provider_id, requested_at, document FROM provider_status_1
    WHERE organization = ?1 ${narrowed} AND requested_at <= ?2 AND (requested_at < ?2 OR provider_id > ?3)
    ORDER BY requested_at DESC, provider_id LIMIT ?4`);
  const page = pageOf('');
  const pageInStage = pageOf('AND stage = ?5');
  const after = db.prepare(
    'SELECT provider_id, document FROM provider_status_1 WHERE provider_id > ? ORDER BY provider_id LIMIT ?',
  );
  const pace = db.prepare('SELECT step, mean_ms FROM provider_status_1_pace');
  return {
    provider(providerId) {
      const row = one.get(providerId) as { document: string } | undefined;
      return row && rowOf({ provider_id: providerId, ...row });
    },
    providersAfter: (afterId, limit) =>
      (after.all(afterId, limit) as { provider_id: string; document: string }[]).map(rowOf),
    providersOf(organization, { limit, cursor, stage }: ListOf): ListPage<ProviderRow> {
      const [requestedAt, id] = cursor === undefined ? ['9', ''] : placeIn(cursor);
      const asked = [organization, requestedAt, id, limit + 1];
      const rows = (stage === undefined ? page.all(...asked) : pageInStage.all(...asked, stage)) as {
        provider_id: string;
        requested_at: string;
        document: string;
      }[];
      const items = rows.slice(0, limit).map(rowOf);
      const last = rows[limit - 1];
      return rows.length > limit && last ? { items, next: cursorOf(last.requested_at, last.provider_id) } : { items };
    },
    pace: () =>
      Object.fromEntries((pace.all() as { step: Step; mean_ms: number }[]).map((row) => [row.step, row.mean_ms])),
  };
}

const rowOf = ({ provider_id: providerId, document }: { provider_id: string; document: string }): ProviderRow => ({
  providerId,
  ...(JSON.parse(document) as StatusDocument),
});

function historyReads(db: DatabaseSync, store: EventStore): Pick<ReadModels, 'historyOf'> {
  const all = db.prepare(`
    SELECT position, stream, revision FROM audit_history_1
    WHERE provider = (SELECT number FROM audit_history_1_providers WHERE provider_id = ?) ORDER BY place`);
  return {
    historyOf(providerId, after, limit) {
      const rows = (all.all(providerId) as unknown as HistoryRow[]).filter(
        (row) => after === undefined || store.compare(row.position, after) > 0,
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return rows.length > limit && last ? { items, next: last.position } : { items };
    },
  };
}

function organizationRead(db: DatabaseSync): ReadModels['organization'] {
  const one = db.prepare('SELECT facts, revision, changed_at FROM organizations_1 WHERE organization = ?');
  return (organization) => {
    const row = one.get(organization) as { facts: string; revision: number; changed_at: string } | undefined;
    return (
      row &&
      ({
        organization,
        facts: JSON.parse(row.facts),
        revision: row.revision,
        changedAt: row.changed_at,
      } satisfies OrganizationRow)
    );
  };
}
