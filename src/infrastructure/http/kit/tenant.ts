/** For whom a request counts where tenants share something: connections, calls a minute, turns of the event loop. */
import { type Caller, everyOrganization } from '../../../application/authorization/identity.js';

/** The organization of a caller, also of a service that works for just one; none of those who work for several. */
export function organizationOf({
  organization,
  service,
}: Pick<Caller, 'organization' | 'service'>): string | undefined {
  if (organization !== undefined || service?.organizations.length !== 1) return organization;
  const [only] = service.organizations;
  return only === everyOrganization ? undefined : only;
}

/** The key of a caller's tenant: the organization, or the caller where there is none. */
export function tenantOf(caller: Caller): string {
  const organization = organizationOf(caller);
  return organization === undefined ? `caller ${caller.actor}` : `organization ${organization}`;
}

/** The key of those whose token is not known yet, by the address that they come from. */
export const strangersAt = (address: string | undefined): string => `address ${address ?? ''}`;
