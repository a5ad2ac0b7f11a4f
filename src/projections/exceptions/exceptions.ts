/** `exceptions`: what was left out of the hardening of which account, by whom, why and until when; the last exception of each object. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../application/ports/event-store.js';
import { idIn } from '../../application/streams/aggregates.js';
import { foreignEvent } from '../../domain/foreign-event.js';
import type { HardeningEvent } from '../../domain/hardening/events.js';
import { FoldFailure, type Projection } from '../engine/projection.js';
import type { Version } from '../engine/read-model.js';
import { type ExceptionReads, exceptionReads } from './exception-reads.js';

const decisions: Projection = {
  tables: ['exceptions'],
  schema: `
    CREATE TABLE IF NOT EXISTS exceptions (
      provider_id TEXT NOT NULL, object TEXT NOT NULL, owner TEXT NOT NULL, reason TEXT NOT NULL, until TEXT NOT NULL,
      granted_at TEXT NOT NULL, ended TEXT, ended_at TEXT, PRIMARY KEY (provider_id, object)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS exceptions_until ON exceptions (until, provider_id, object);
    CREATE INDEX IF NOT EXISTS exceptions_granted ON exceptions (granted_at, provider_id, object);
    CREATE INDEX IF NOT EXISTS exceptions_owner ON exceptions (owner, provider_id, object);
    CREATE INDEX IF NOT EXISTS exceptions_reason ON exceptions (reason, provider_id, object);`,
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
  const grant = db.prepare('INSERT OR REPLACE INTO exceptions VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)');
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
  version: 1,
  cacheMiB: 4,
  kind: 'folded',
  projections: [decisions],
  reads: exceptionReads,
};
