/** The read models as queries use them. */
import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../application/ports/log.js';
import type { OrganizationRow, ReadModels } from '../application/ports/read-models.js';
import { providers, streamOf } from '../application/streams/aggregates.js';
import { type EventStore, requireOwn } from '../application/streams/event-store.js';
import type { Quarantine, SetAside } from '../domain/quarantine.js';
import { historyReads } from './audit-history/history-reads.js';
import { watched, watchForDamage } from './engine/damage.js';
import { projections } from './engine/database.js';
import { startProjector } from './engine/projector.js';
import { searchReads } from './provider-search/search-reads.js';
import { statusReads } from './provider-status/status-reads.js';
import { keepQueue, queueOf } from './queue/kept-queue.js';
import { sagaReads } from './queue/saga-reads.js';

/** Starts filling the read models of an open file and answers with a way to read them. */
export function startReadModels(
  store: EventStore,
  db: DatabaseSync,
  signal: AbortSignal,
  log?: Log,
): ReadModels & { readonly ended: Promise<void> } {
  const waiters = new Set<() => void>();
  const damage = watchForDamage(db);
  let pace: ReturnType<ReadModels['pace']> | undefined;
  const moved = (): void => {
    pace = undefined;
    for (const check of [...waiters]) check();
  };
  const { watching, queue, line } = keepQueue(
    () => queueOf(waiting(), reads.share),
    () => projector.quarantine(),
  );
  const projector = startProjector(store, db, projections.map(watching), signal, moved, { damage, log });
  const rows = { ...statusReads(db), ...historyReads(db, store), ...sagaReads(db), organization: organizationRead(db) };
  const reads = watched({ ...rows, ...searchReads(db, rows.provider) }, damage);
  const setAside = lookUp(projector.quarantine);
  const quarantined = (id: string) => setAside(streamOf(providers, id));
  const waiting = () => reads.waiting().filter(({ providerId }) => !quarantined(providerId));
  return {
    ...reads,
    quarantined,
    queue,
    line,
    pace() {
      pace ??= reads.pace();
      return pace;
    },
    async waitFor(position, timeoutMs, signal) {
      // Refused here if it is another log's: readers that have read nothing yet compare it with nothing.
      requireOwn(store, position);
      return waitUntil(() => projector.reached(position), timeoutMs, waiters, signal);
    },
    health: projector.health,
    ended: projector.ended,
  };
}

/** The decisions in force by stream; a map of few is asked faster than an object, which first has to know each name. */
function lookUp(decisions: () => Quarantine): (stream: string) => SetAside | undefined {
  let known = decisions();
  let byStream = new Map(Object.entries(known.setAside));
  return (stream) => {
    if (known !== decisions()) {
      known = decisions();
      byStream = new Map(Object.entries(known.setAside));
    }
    return byStream.size === 0 ? undefined : byStream.get(stream);
  };
}

function waitUntil(
  reached: () => boolean,
  timeoutMs: number,
  waiters: Set<() => void>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (reached()) return Promise.resolve(true);
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const end = (tell: () => void): void => {
      clearTimeout(timer);
      waiters.delete(check);
      signal?.removeEventListener('abort', giveUp);
      tell();
    };
    // A reader calls this, so whatever is thrown here goes to who waits and not to the reader.
    const check = (): void => {
      try {
        if (reached()) end(() => resolve(true));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const giveUp = (): void => end(() => resolve(false));
    const timer = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', giveUp);
    waiters.add(check);
  });
}

function organizationRead(db: DatabaseSync): ReadModels['organization'] {
  const one = db.prepare('SELECT facts, revision, changed_at FROM organizations_2 WHERE organization = ?');
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
