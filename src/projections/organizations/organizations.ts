/** `organizations`: the facts about each customer as last reported. */
import type { DatabaseSync } from 'node:sqlite';
import { idIn } from '../../application/streams/aggregates.js';
import type { RecordedEvent } from '../../application/streams/event-store.js';
import {
  evolveOrganization,
  type Organization,
  type OrganizationEvent,
  unknownOrganization,
} from '../../domain/organization.js';
import { FoldFailure, type Projection } from '../engine/projection.js';

export const organizationFacts: Projection = {
  name: 'organizations-2',
  tables: ['organizations_2'],
  schema: `
    CREATE TABLE IF NOT EXISTS organizations_2 (
      organization TEXT PRIMARY KEY, facts TEXT NOT NULL, revision INTEGER NOT NULL, changed_at TEXT NOT NULL
    ) WITHOUT ROWID;`,
  open(db) {
    const stored = openStored(db);
    const upsert = db.prepare('INSERT OR REPLACE INTO organizations_2 VALUES (?, ?, ?, ?)');
    return (events) => {
      for (const recorded of events) {
        const id = idIn('organization', recorded.stream);
        if (id === undefined) continue;
        const organization = after(stored(id), recorded);
        if (organization.stage === 'unknown') continue;
        upsert.run(id, JSON.stringify(organization.facts), recorded.revision, recorded.metadata.recordedAt);
      }
    };
  },
};

function openStored(db: DatabaseSync): (id: string) => Organization {
  const select = db.prepare('SELECT facts FROM organizations_2 WHERE organization = ?');
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
