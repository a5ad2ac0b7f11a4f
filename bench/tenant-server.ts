/** The process that serves two tenants within the limits of production, one of whom is about to flood it. */
import { organizations } from '../src/application/streams/aggregates.js';
import { sagaCause } from '../src/application/streams/causes.js';
import { facts } from './events.js';
import { floodedOrganizations } from './flood.js';
import { openParts } from './parts.js';
import { organizationOf } from './requested-log.js';
import { serveParts } from './serve-parts.js';

/** What the parent learns once it listens: the port, and tokens of services: one of the quiet tenant, two of the other. */
export interface TenantsServed {
  readonly port: number;
  readonly quiet: string;
  readonly flooding: string;
  readonly refused: string;
}

const [folder = ''] = process.argv.slice(2);
const parts = await openParts(folder);
const { eligible, refused } = floodedOrganizations;
for (const [organization, billable] of [[eligible, true] as const, [refused, false] as const])
  await parts.dependencies.streams.change(
    organizations,
    organization,
    sagaCause(organization, 'bench', organization),
    (state) => (state.stage === 'unknown' ? [{ type: 'OrganizationRegistered', facts: { ...facts, billable } }] : []),
  );
const server = await serveParts(parts, { calls: {} });
const tokenFor = (...ids: readonly string[]) => server.issuer.issue('service', { service: { organizations: ids } });
process.send?.({
  port: Number(new URL(server.url).port),
  quiet: await tokenFor(organizationOf(0, 2_000)),
  flooding: await server.issuer.issue('portal', { service: { organizations: [eligible] } }),
  refused: await tokenFor(refused),
} satisfies TenantsServed);

process.once('message', async () => {
  await server.close();
  await parts.close();
  process.exit(0);
});
process.once('disconnect', () => process.exit(1));
