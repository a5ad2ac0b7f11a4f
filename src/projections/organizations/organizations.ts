/** `organizations`: the facts about each customer as last reported, and their read. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../application/ports/event-store.js';
import type { OrganizationRow, ReadModels } from '../../application/ports/read-models.js';
import { idIn } from '../../application/streams/aggregates.js';
import {
  evolveOrganization,
  type Organization,
  type OrganizationEvent,
  unknownOrganization,
} from '../../domain/organization.js';
import { FoldFailure, type Projection } from '../engine/projection.js';
import type { Version } from '../engine/read-model.js';

const facts: Projection = {
  tables: ['organizations'],
  schema: `
    CREATE TABLE IF NOT EXISTS organizations (
      organization TEXT PRIMARY KEY, facts TEXT NOT NULL, revision INTEGER NOT NULL, changed_at TEXT NOT NULL
    ) WITHOUT ROWID;`,
  concerns: (stream) => idIn('organization', stream) !== undefined,
  open(db) {
    const stored = openStored(db);
    const upsert = db.prepare('INSERT OR REPLACE INTO organizations VALUES (?, ?, ?, ?)');
    const remove = db.prepare('DELETE FROM organizations WHERE organization = ?');
    return {
      fold(events) {
        for (const recorded of events) {
          const id = idIn('organization', recorded.stream);
          if (id === undefined) continue;
          const organization = after(stored(id), recorded);
          if (organization.stage === 'unknown') continue;
          upsert.run(id, JSON.stringify(organization.facts), recorded.revision, recorded.metadata.recordedAt);
        }
      },
      forget: (stream) => void remove.run(idIn('organization', stream) ?? ''),
    };
  },
};

export type OrganizationReads = Pick<ReadModels, 'organization'>;

export const organizations: Version<OrganizationReads> = {
  version: 3,
  cacheMiB: 16,
  kind: 'folded',
  projections: [facts],
  reads(db) {
    const one = db.prepare('SELECT facts, revision, changed_at FROM organizations WHERE organization = ?');
    return {
      organization(organization) {
        const row = one.get(organization) as { facts: string; revision: number; changed_at: string } | undefined;
        if (!row) return undefined;
        const { facts: text, revision, changed_at: changedAt } = row;
        return { organization, facts: JSON.parse(text), revision, changedAt } satisfies OrganizationRow;
      },
    };
  },
};

function openStored(db: DatabaseSync): (id: string) => Organization {
  const select = db.prepare('SELECT facts FROM organizations WHERE organization = ?');
  return (id) => {
    const row = select.get(id) as { facts: string } | undefined;
    return row ? { stage: 'registered', facts: JSON.parse(row.facts) } : unknownOrganization;
  };
}

/** History that no command could go on from must stop the reader too, so that an operator hears of it. */
function after(organization: Organization, recorded: RecordedEvent): Organization {
  try {
    return evolveOrganization(organization, recorded.event as OrganizationEvent);
  } catch (error) {
    throw new FoldFailure(recorded, error);
  }
}
