/** Which addresses of the network are public, so that nobody has this service send requests to what stands beside it. */
import { BlockList, isIP } from 'node:net';

/**
 * Networks of IPv4 that are not the internet at large. Source: IANA, "IPv4 Special-Purpose Address Registry" (RFC 6890), with
 * multicast and what is reserved.
 */
const notPublic4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
];

/** All of IPv6 that is global lies here. Source: IANA, "IPv6 Global Unicast Address Assignments". */
const global6 = ['2000::/3'];

/** What of it is not: Teredo and others, documentation, 6to4, and what is kept for documentation since. Source: RFC 6890. */
const notPublic6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

/** The networks as a list that can be asked; throws a RangeError or TypeError for what is none. */
export function networksOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, /^\d{1,3}$/.test(bits) ? Number(bits) : -1, familyOf(address));
  }
  return list;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const [blocked4, unicast6, blocked6] = [notPublic4, global6, notPublic6].map(networksOf) as [
  BlockList,
  BlockList,
  BlockList,
];

/** An address of IPv4 that is written as one of IPv6. Source: RFC 4291, section 2.5.5.2. */
const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Whether this literal address is public; what is no address is not. */
export function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !blocked4.check(address, 'ipv4');
  if (version !== 6 || address.includes('%')) return false;
  // An address of IPv4 in other clothes is held to the list of IPv4, which Node does by itself.
  if (mapped.check(address, 'ipv6')) return !blocked4.check(address, 'ipv6');
  return unicast6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
}

/** Whether this literal address lies in one of these networks. */
export const liesIn = (networks: BlockList, address: string): boolean =>
  isIP(address) !== 0 && networks.check(address, familyOf(address));
