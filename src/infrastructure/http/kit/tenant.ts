/**
 * For whom a request counts where tenants share something: connections, calls a minute, turns of the event loop. A stranger is
 * whoever sends a request without a token, or with one that was not verified yet: of them nothing but the address is known.
 */
import { isIPv6 } from 'node:net';
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

/**
 * The key of the strangers at an address. Of IPv6 one customer of a network has a whole /64 at least, and may come from any
 * address in it. Source: RFC 6177.
 */
export const strangersAt = (address = ''): string => `address ${networkOf(address)}`;

function networkOf(address: string): string {
  const [, embedded] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (embedded !== undefined) return embedded;
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/**
 * The eight groups, of which `::` leaves out those that are zero. An IPv4 address at the end stands for two; the first four are
 * right all the same, but for networks that nobody comes from.
 */
function groupsOf(address: string): readonly string[] {
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(zeros).fill('0'), ...after];
}
