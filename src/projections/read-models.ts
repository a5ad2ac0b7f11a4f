/** The read models as queries use them. */
import type { DatabaseSync } from 'node:sqlite';
import type { EventStore, Position } from '../application/event-store.js';
import type {
  HistoryRow,
  ListOf,
  ListPage,
  OrganizationRow,
  ProviderRow,
  ReadModels,
} from '../application/read-models.js';
import type { Step } from '../domain/provider/steps.js';
import { Refusal } from '../domain/refusal.js';
import { projections } from './database.js';
import { type Projector, startProjector } from './projector.js';
import type { StatusDocument } from './provider-status.js';
import { sagaReads } from './saga-reads.js';

/** Starts filling the read models of an open file and answers with a way to read them. */
export function startReadModels(
  store: EventStore,
  db: DatabaseSync,
  signal: AbortSignal,
): ReadModels & { readonly ended: Promise<void> } {
  const waiters = new Set<() => void>();
  const projector = startProjector(store, db, projections, signal, () => {
    for (const check of [...waiters]) check();
  });
  return {
    ...statusReads(db),
    ...historyReads(db, store),
    ...sagaReads(db),
    organization: organizationRead(db),
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

function statusReads(db: DatabaseSync): Pick<ReadModels, 'provider' | 'providersOf' | 'pace'> {
  const one = db.prepare('SELECT document FROM provider_status_1 WHERE provider_id = ?');
  const page = db.prepare(`
    SELECT provider_id, requested_at, document FROM provider_status_1
    WHERE organization = ?1 AND (?2 IS NULL OR stage = ?2) AND (requested_at < ?3 OR (requested_at = ?3 AND provider_id > ?4))
    ORDER BY requested_at DESC, provider_id LIMIT ?5`);
  const pace = db.prepare('SELECT step, mean_ms FROM provider_status_1_pace');
  return {
    provider(providerId) {
      const row = one.get(providerId) as { document: string } | undefined;
      return row && { providerId, ...(JSON.parse(row.document) as StatusDocument) };
    },
    providersOf(organization, { limit, cursor, stage }: ListOf): ListPage<ProviderRow> {
      const [requestedAt, id] = cursor === undefined ? ['9', ''] : decodeCursor(cursor);
      const rows = page.all(organization, stage ?? null, requestedAt, id, limit + 1) as {
        provider_id: string;
        requested_at: string;
        document: string;
      }[];
      const items = rows
        .slice(0, limit)
        .map((row) => ({ providerId: row.provider_id, ...(JSON.parse(row.document) as StatusDocument) }));
      const last = rows[limit - 1];
      return rows.length > limit && last
        ? { items, next: encodeCursor(last.requested_at, last.provider_id) }
        : { items };
    },
    pace: () =>
      Object.fromEntries((pace.all() as { step: Step; mean_ms: number }[]).map((row) => [row.step, row.mean_ms])),
  };
}

const encodeCursor = (requestedAt: string, id: string): string =>
  Buffer.from(`${requestedAt} ${id}`).toString('base64url');

function decodeCursor(cursor: string): readonly [string, string] {
  const [requestedAt, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (requestedAt && id && rest.length === 0) return [requestedAt, id];
  throw new Refusal('invalid', 'The cursor is none of ours.', [
    { field: 'cursor', problem: 'is none of ours', allowed: 'the `next` of an earlier page' },
  ]);
}

function historyReads(db: DatabaseSync, store: EventStore): Pick<ReadModels, 'historyOf'> {
  const all = db.prepare('SELECT position, stream, revision FROM audit_history_1 WHERE provider_id = ? ORDER BY place');
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
