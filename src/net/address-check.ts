import { BlockList, isIP } from 'node:net';

type Range = readonly [network: string, prefix: number];

/** IANA IPv4 special-purpose registry (RFC 6890 and later), multicast (RFC 5771) and the reserved class E with broadcast. */
const PRIVATE_IPV4: readonly Range[] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers (CGNAT)
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, with the clouds' metadata services
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // AMT
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/** Of IPv6 only 2000::/3 is global unicast; inside it these are not for the public (IANA IPv6 special-purpose registry). */
const PRIVATE_IPV6: readonly Range[] = [
  ['2001::', 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: may lead to any IPv4 address
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
];

const privateRanges = new BlockList();
for (const [network, prefix] of PRIVATE_IPV4) privateRanges.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of PRIVATE_IPV6) privateRanges.addSubnet(network, prefix, 'ipv6');

/**
 * Whether an IP address, v4 or v6 and without brackets, is one that anybody on the internet may reach. IPv4-mapped (::ffff:0:0/96) and
 * NAT64 (64:ff9b::/96, RFC 6052) addresses count as the IPv4 address that they carry. Anything that is no address is not public.
 */
export function isPublicAddress(ip: string): boolean {
  const version = isIP(ip);
  if (version === 4) return !privateRanges.check(ip, 'ipv4');
  // A zone (`%eth0`) only ever belongs to a link.
  if (version !== 6 || ip.includes('%')) return false;
  const groups = groupsOfIPv6(ip);
  const carried = carriedIPv4(groups);
  if (carried !== null) return !privateRanges.check(carried, 'ipv4');
  const isGlobalUnicast = ((groups[0] ?? 0) & 0xe000) === 0x2000;
  return isGlobalUnicast && !privateRanges.check(ip, 'ipv6');
}

/** The eight 16-bit groups of a valid IPv6 address. */
function groupsOfIPv6(ip: string): number[] {
  const [head = '', tail] = ip.split('::');
  const before = parseGroups(head);
  if (tail === undefined) return before;
  const after = parseGroups(tail);
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function parseGroups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function carriedIPv4(groups: number[]): string | null {
  const prefix = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':');
  if (prefix !== '0:0:0:0:0:ffff' && prefix !== '64:ff9b:0:0:0:0') return null;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
