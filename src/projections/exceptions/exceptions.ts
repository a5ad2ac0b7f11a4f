/** `exceptions`: what was left out of the hardening of which account, by whom, why and until when; the last exception of each object. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../application/ports/event-store.js';
import { idIn } from '../../application/streams/aggregates.js';
import { foreignEvent } from '../../domain/foreign-event.js';
import type { HardeningEvent } from '../../domain/hardening/events.js';
import { FoldFailure, type Projection } from '../engine/projection.js';
import type { Version } from '../engine/read-model.js';
import { exceptionOwners } from './exception-owners.js';
import { type ExceptionReads, exceptionReads } from './exception-reads.js';

/** Each order once within an organization and once over all; named as `exception-reads` calls them. */
const indexes = ['until', 'granted_at', 'owner', 'reason_start']
  .flatMap((column) => [
    `CREATE INDEX IF NOT EXISTS exceptions_own_${column} ON exceptions (organization, ${column}, provider_id, object);`,
    `CREATE INDEX IF NOT EXISTS exceptions_all_${column} ON exceptions (${column}, provider_id, object);`,
  ])
  .join('\n    ');

const decisions: Projection = {
  tables: ['exceptions'],
  schema: `
    CREATE TABLE IF NOT EXISTS exceptions (
      provider_id TEXT NOT NULL, object TEXT NOT NULL, organization TEXT, owner TEXT NOT NULL, reason TEXT NOT NULL,
      until TEXT NOT NULL, granted_at TEXT NOT NULL, ended TEXT, ended_at TEXT,
      reason_start TEXT AS (substr(reason, 1, 100)), PRIMARY KEY (provider_id, object)
    ) WITHOUT ROWID;
    ${indexes}`,
  concerns: (stream) => idIn('hardening', stream) !== undefined,
  open(db) {
    const fold = openFold(db);
    const remove = db.prepare('DELETE FROM exceptions WHERE provider_id = ?');
    return {
      fold(events) {
        for (const recorded of events) {
          const id = idIn('hardening', recorded.stream);
          if (id !== undefined) fold(id, recorded);
        }
      },
      forget: (stream) => void remove.run(idIn('hardening', stream) ?? ''),
    };
  },
};

function openFold(db: DatabaseSync): (providerId: string, recorded: RecordedEvent) => void {
  const grant = db.prepare(`
    INSERT OR REPLACE INTO exceptions (provider_id, object, owner, reason, until, granted_at, organization)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT organization FROM exception_owners WHERE provider_id = ?1))`);
  const end = db.prepare('UPDATE exceptions SET ended = ?, ended_at = ? WHERE provider_id = ? AND object = ?');
  return (providerId, recorded) => {
    const event = recorded.event as HardeningEvent;
    const at = recorded.metadata.recordedAt;
    switch (event.type) {
      case 'BaselineExceptionGranted':
        grant.run(providerId, event.object, event.owner, event.reason, event.until, at);
        return;
      case 'BaselineExceptionRevoked':
        end.run('revoked', at, providerId, event.object);
        return;
      case 'BaselineExceptionExpired':
        end.run('expired', at, providerId, event.object);
        return;
      case 'DriftDetected':
      case 'HardeningReapplied':
      case 'BaselineUpgradeApplied':
        return;
      default:
        return refuse(event, recorded);
    }
  };
}

/** What a newer version says of an account may be about its exceptions, so that the reader stops instead of passing it over. */
function refuse(event: never, recorded: RecordedEvent): never {
  try {
    return foreignEvent(event);
  } catch (error) {
    throw new FoldFailure(recorded, error);
  }
}

export const exceptions: Version<ExceptionReads> = {
  version: 2,
  cacheMiB: 4,
  kind: 'folded',
  projections: [exceptionOwners, decisions],
  reads: exceptionReads,
};
