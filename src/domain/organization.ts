/** A customer organization: facts about it that an internal service reports, and on which eligibility rests. */
import { foreignEvent } from './foreign-event.js';

export interface OrganizationFacts {
  readonly billable: boolean;
  readonly reseller: boolean;
  readonly customerOfReseller: boolean;
  readonly staff: boolean;
  readonly demo: boolean;
  /** Territory codes (such as `US`) in which the organization has an office; sorted, without repeats. */
  readonly officeTerritories: readonly string[];
}

export type OrganizationRegistered = { readonly type: 'OrganizationRegistered'; readonly facts: OrganizationFacts };
export type OrganizationUpdated = { readonly type: 'OrganizationUpdated'; readonly facts: OrganizationFacts };
export type OrganizationEvent = OrganizationRegistered | OrganizationUpdated;

export type Organization =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'registered'; readonly facts: OrganizationFacts };

export type ReportFacts = { readonly type: 'ReportFacts'; readonly facts: OrganizationFacts };

export const unknownOrganization: Organization = { stage: 'unknown' };

/** The facts as they are compared and stored: office territories sorted and each once. */
function normalized(facts: OrganizationFacts): OrganizationFacts {
  return { ...facts, officeTerritories: [...new Set(facts.officeTerritories)].sort() };
}

/** Records the facts if they are new; reporting the same facts again records nothing. */
export function decideOrganization(command: ReportFacts, organization: Organization): OrganizationEvent[] {
  const facts = normalized(command.facts);
  if (organization.stage === 'unknown') return [{ type: 'OrganizationRegistered', facts }];
  return same(facts, organization.facts) ? [] : [{ type: 'OrganizationUpdated', facts }];
}

/** The organization after an event; an update before the registration is corrupt history. */
export function evolveOrganization(organization: Organization, event: OrganizationEvent): Organization {
  switch (event.type) {
    case 'OrganizationRegistered':
    case 'OrganizationUpdated': {
      const first = event.type === 'OrganizationRegistered';
      if (first !== (organization.stage === 'unknown')) throw new Error(`${event.type} in stage ${organization.stage}`);
      return { stage: 'registered', facts: event.facts };
    }
    default:
      return foreignEvent(event);
  }
}

function same(a: OrganizationFacts, b: OrganizationFacts): boolean {
  return (
    a.billable === b.billable &&
    a.reseller === b.reseller &&
    a.customerOfReseller === b.customerOfReseller &&
    a.staff === b.staff &&
    a.demo === b.demo &&
    a.officeTerritories.join() === b.officeTerritories.join()
  );
}
