/** Who is owed a step, and who waits for a payer, as the saga's runner and the queue read it from `provider-status`. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import { endOf } from '../../domain/provider/account-state.js';
import { stepsOwed, watchedSince } from '../../domain/provider/saga.js';
import { isQueued, type Provider, underneath } from '../../domain/provider/stages.js';
import type { Waiting } from '../../domain/queue/queue.js';

export const dueColumns =
  'owed INTEGER, watched_since TEXT, waiting_since TEXT, territory TEXT, returns_to TEXT, in_use INTEGER';

export const dueIndexes = `
    CREATE INDEX IF NOT EXISTS provider_status_due ON provider_status (provider_id, watched_since) WHERE owed = 1;
    CREATE INDEX IF NOT EXISTS provider_status_in_use ON provider_status (provider_id) WHERE in_use = 1;
    CREATE INDEX IF NOT EXISTS provider_status_waiting ON provider_status (waiting_since) WHERE waiting_since IS NOT NULL;`;

/** The columns of a provider that say what it is owed and waits for. */
export function dueOf(provider: Provider): Readonly<Record<string, SQLInputValue>> {
  const waits = isQueued(provider) ? provider : undefined;
  return {
    // Without a time: whatever the clock said when a step began to be owed, it is due.
    owed: stepsOwed(provider).some((step) => step !== 'AssignPayer') ? 1 : null,
    watched_since: watchedSince(provider) ?? null,
    // A provider that a payer refused, or whose creation was resumed, keeps its place in the queue.
    waiting_since: waits?.acceptedAt ?? null,
    territory: waits?.territory ?? null,
    returns_to: waits?.stage === 'resumed' ? waits.payerId : null,
    in_use: isInUse(provider) ? 1 : null,
  };
}

/** A step that has halted after the hand-over leaves the account in use. */
function isInUse(provider: Provider): boolean {
  const known = underneath(provider);
  return known.stage === 'active' && !endOf(known.accountState);
}

/** One who waits, with the position of the fact that brought it into the queue; a row that a former version wrote has none. */
export interface Arrived extends Waiting {
  readonly arrivedAt?: Position | null;
}

/** Where a provider stands in the queue, if it does. */
export interface StoredPlace {
  readonly organization: string;
  readonly waits: Arrived | undefined;
}

export interface DueReads extends Pick<ReadModels, 'due' | 'inUse'> {
  /** Everybody who waits for a payer, in no order that counts. */
  waiting(): readonly Arrived[];
  place(providerId: string): StoredPlace | undefined;
}

const waitingColumns =
  "provider_id AS providerId, organization, territory, waiting_since AS since, returns_to AS returnsTo, document ->> '$.arrivedAt' AS arrivedAt";

/** The index holds only who is due and all that is asked of them: a row has a third of a page, which costs ten times as much to read. */
export const dueSql = `
  SELECT provider_id AS id, watched_since AS watchedSince FROM provider_status INDEXED BY provider_status_due
  WHERE owed = 1 AND provider_id > ? ORDER BY provider_id LIMIT ?`;

/** Prepares the reads. */
export function dueReads(db: DatabaseSync): DueReads {
  const waiting = db.prepare(`
    SELECT ${waitingColumns} FROM provider_status WHERE waiting_since IS NOT NULL ORDER BY waiting_since, provider_id`);
  const place = db.prepare(`SELECT ${waitingColumns} FROM provider_status WHERE provider_id = ?`);
  const due = db.prepare(dueSql);
  const inUse = db.prepare(
    'SELECT provider_id AS id FROM provider_status INDEXED BY provider_status_in_use WHERE in_use = 1 AND provider_id > ? ORDER BY provider_id LIMIT ?',
  );
  return {
    inUse: (afterId, limit) => (inUse.all(afterId, limit) as { id: string }[]).map(({ id }) => id),
    waiting: () => waiting.all() as unknown as Arrived[],
    place(providerId) {
      const row = place.get(providerId) as (Arrived & { readonly since: string | null }) | undefined;
      return row && { organization: row.organization, waits: row.since === null ? undefined : row };
    },
    due: (afterId, limit) =>
      (due.all(afterId, limit) as { id: string; watchedSince: string | null }[]).map((row) => ({
        id: row.id,
        watchedSince: row.watchedSince ?? undefined,
      })),
  };
}
