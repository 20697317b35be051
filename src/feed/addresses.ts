import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/**
 * Where a webhook may lead. A subscriber names an address, and this server goes there: nothing inside its own network
 * may be reached that way.
 */
export interface Destinations {
  /** In local mode only: loopback, also without TLS. */
  allowLoopback: boolean;
}

/** A code: why an address is refused. */
export type AddressProblem = 'not-https' | 'credentials-in-url' | 'address-refused' | 'name-not-found';

/** Everything that is not a public unicast address (IANA special-purpose registries). */
const special4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special4.addSubnet(network, prefix, 'ipv4');
// A list of its own: Node holds each IPv4 address against IPv6 networks, too, and finds it in `::/3`.
// Outside 2000::/3 nothing is public; inside it, not what leads to another IPv4 address or is for examples.
const special6 = new BlockList();
for (const [network, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  special6.addSubnet(network, prefix, 'ipv6');

/** `localhost` by its numbers. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an IP address may be connected to. An IPv4 address written as IPv6 is refused. */
export const isAllowedAddress = (address: string, { allowLoopback }: Destinations): boolean => {
  const family = isIP(address);
  if (family === 0) return false;
  const isSpecial = family === 4 ? special4.check(address, 'ipv4') : special6.check(address, 'ipv6');
  return !isSpecial || (allowLoopback && isLoopback(address));
};

const isLoopback = (address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

/** The host of a URL as an address or a name, without brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** What a URL itself says against it, before any name is looked up. */
export const urlProblem = (url: URL, destinations: Destinations): AddressProblem | null => {
  if (url.username !== '' || url.password !== '') return 'credentials-in-url';
  const host = hostOf(url);
  const plain = url.protocol === 'http:' && destinations.allowLoopback && (host === 'localhost' || isLoopback(host));
  if (url.protocol !== 'https:' && !plain) return 'not-https';
  return isIP(host) !== 0 && !isAllowedAddress(host, destinations) ? 'address-refused' : null;
};

export interface Resolved {
  address: string;
  family: number;
}

/** The addresses of a host, each of them allowed; one that is not makes the host refused. */
export const resolveAllowed = async (
  host: string,
  destinations: Destinations,
): Promise<Resolved[] | AddressProblem> => {
  const found = await lookup(host, { all: true, verbatim: true }).catch(() => []);
  if (found.length === 0) return 'name-not-found';
  return found.every(({ address }) => isAllowedAddress(address, destinations)) ? found : 'address-refused';
};
