/** How organizations stand: only one that may have an account is given a slot. */
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { refusalReasons } from '../../src/domain/eligibility.js';
import { territory } from './customer.js';

/** The latest facts about an organization; `since` is when they were recorded, in milliseconds. */
export interface Standing {
  readonly organization: string;
  readonly eligible: boolean;
  readonly since: number;
}

/** The organizations about which anything is recorded. */
export function standings(events: readonly RecordedEvent[]): ReadonlyMap<string, Standing> {
  const latest = new Map<string, Standing>();
  for (const { event, stream, metadata } of events) {
    if (event.type !== 'OrganizationRegistered' && event.type !== 'OrganizationUpdated') continue;
    const organization = stream.replace('organization-', '');
    const eligible = refusalReasons(event.facts, territory).length === 0;
    latest.set(organization, { organization, eligible, since: Date.parse(metadata.recordedAt) });
  }
  return latest;
}
