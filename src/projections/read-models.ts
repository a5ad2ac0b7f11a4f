/** The read models as queries use them. */
import type { DatabaseSync } from 'node:sqlite';
import { providers, streamOf } from '../application/aggregates.js';
import type { EventStore, Position } from '../application/event-store.js';
import type { Log } from '../application/log.js';
import type { OrganizationRow, ReadModels } from '../application/read-models.js';
import type { Quarantine, SetAside } from '../domain/quarantine.js';
import { lineUp } from '../domain/queue.js';
import { watched, watchForDamage } from './damage.js';
import { projections } from './database.js';
import { historyReads } from './history-reads.js';
import { type Projector, startProjector } from './projector.js';
import { sagaReads } from './saga-reads.js';
import { searchReads } from './search-reads.js';
import { statusReads } from './status-reads.js';

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
  let pace: ReturnType<ReadModels['pace']> | undefined;
  const moved = (): void => {
    line = undefined;
    pace = undefined;
    for (const check of [...waiters]) check();
  };
  const projector = startProjector(store, db, projections, signal, moved, { damage, log });
  const rows = { ...statusReads(db), ...historyReads(db, store), ...sagaReads(db), organization: organizationRead(db) };
  const reads = watched({ ...rows, ...searchReads(db, rows.provider) }, damage);
  const setAside = lookUp(projector.quarantine);
  const quarantined = (id: string) => setAside(streamOf(providers, id));
  const waiting = () => reads.waiting().filter(({ providerId }) => !quarantined(providerId));
  return {
    ...reads,
    quarantined,
    waiting,
    line() {
      line ??= lineUp(waiting(), reads.busy());
      return line;
    },
    pace() {
      pace ??= reads.pace();
      return pace;
    },
    async waitFor(position, timeoutMs) {
      // Refused here if it is another log's: readers that have read nothing yet compare it with nothing.
      store.compare(position, position);
      return projector.reached(position) || waitUntil(projector, position, timeoutMs, waiters);
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
  projector: Projector,
  position: Position,
  timeoutMs: number,
  waiters: Set<() => void>,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (tell: () => void): void => {
      clearTimeout(timer);
      waiters.delete(check);
      tell();
    };
    // A reader calls this, so whatever is thrown here goes to who waits and not to the reader.
    const check = (): void => {
      try {
        if (projector.reached(position)) settle(() => resolve(true));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const timer = setTimeout(() => settle(() => resolve(false)), timeoutMs);
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
