/** The events that benchmarks write: as the service would write them, and of a known size. */
import { randomUUID } from 'node:crypto';
import type { Cause, EventStore, NewEvent } from '../src/application/ports/event-store.js';
import type { DomainEvent } from '../src/domain/events.js';
import type { OrganizationFacts } from '../src/domain/organization.js';
import type { ProviderRequested } from '../src/domain/provider/events.js';

export const facts: OrganizationFacts = {
  billable: true,
  reseller: false,
  customerOfReseller: false,
  staff: false,
  demo: false,
  officeTerritories: ['US'],
};

const digest = '4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a';

/** A request of about 400 bytes of canonical JSON. */
export const requested = (organization: string, name = 'Production'): ProviderRequested => ({
  type: 'ProviderRequested',
  organization,
  organizationRevision: 0,
  facts,
  name,
  origin: 'new',
  territory: 'US',
  rootEmail: 'aws+0123456789@vend.example',
  accountName: 'ctl-0123456789abcdefghjkmnpqrs',
  requestDigest: digest,
});

const cause = (correlationId: string): Cause => ({
  commandId: randomUUID(),
  commandDigest: digest,
  correlationId,
  actor: 'https://demo.partner-cloud.example#u-7f3a91c04be2',
  role: 'administrator',
});

/** An event ready to be stored, by a command of its own. */
export const draft = (event: DomainEvent, about: string, at: number): NewEvent => ({ event, cause: cause(about), at });

const atOnce = 500;

/** One first event for each of so many streams, with the given instant for each; many share a commit. */
export async function fill(
  store: EventStore,
  count: number,
  first: (index: number) => { readonly stream: string; readonly event: DomainEvent; readonly at: number },
): Promise<void> {
  for (let done = 0; done < count; done += atOnce) {
    const indexes = Array.from({ length: Math.min(atOnce, count - done) }, (_, i) => done + i);
    await Promise.all(
      indexes.map((index) => {
        const { stream, event, at } = first(index);
        return store.append(stream, -1, [draft(event, stream, at)]);
      }),
    );
  }
}
