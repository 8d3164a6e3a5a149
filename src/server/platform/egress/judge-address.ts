import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** `public`: anyone's. `allowed`: private, and the operator allows it. `refused`: private, special or not an address. */
export type AddressJudgement = 'public' | 'allowed' | 'refused';

/**
 * Judges addresses by their bytes, never by their spelling. An IPv4 address inside an IPv6 one is taken out first.
 * Whatever is not known to be public is refused, and so is what is public unless `reachesPublic`. Throws when an allowed
 * range is not CIDR.
 */
export function createAddressJudge(
  allowedRanges: readonly string[],
  { reachesPublic = true }: { reachesPublic?: boolean } = {},
): (address: string) => AddressJudgement {
  const allowed = allowedRanges.map(parseRange);
  return (text) => {
    const address = readAddress(text);
    if (!address) return 'refused';
    if (allowed.some((range) => isWithin(address, range))) return 'allowed';
    return reachesPublic && isPublic(address) ? 'public' : 'refused';
  };
}

type Range = readonly [Address, number];

/** Blocks that are not anyone's to reach: IANA special-purpose registries, checked 2026-11-22. */
const specialIPv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
].map(parseRange);

/** Only this part of IPv6 is given out as public. */
const globalIPv6 = parseRange('2000::/3');

/** Protocol assignments with Teredo and ORCHID, documentation, 6to4, AS112. */
const specialIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map(parseRange);

const mapped = parseRange('::ffff:0:0/96');
/** The well-known NAT64 prefix; behind DNS64 every IPv4 host has such an address. */
const nat64 = parseRange('64:ff9b::/96');

function isPublic(address: Address): boolean {
  if (address.kind() === 'ipv4') return !specialIPv4.some((range) => isWithin(address, range));
  return isWithin(address, globalIPv6) && !specialIPv6.some((range) => isWithin(address, range));
}

function readAddress(text: string): Address | null {
  // The parser alone reads 0x7f.1 and 1.2.3 as well; spellings are for URL parsers and resolvers to settle.
  if (isIP(text) === 0 || !ipaddr.isValid(text)) return null;
  const address = ipaddr.parse(text);
  if (address.kind() === 'ipv4' || !(isWithin(address, mapped) || isWithin(address, nat64))) return address;
  return ipaddr.fromByteArray(address.toByteArray().slice(12));
}

function parseRange(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isWithin(address: Address, [start, bits]: Range): boolean {
  const [left, right] = [address.toByteArray(), start.toByteArray()];
  if (left.length !== right.length) return false;
  return left.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    const mask = 0xff & ~(0xff >> kept);
    return (byte & mask) === ((right[index] ?? 0) & mask);
  });
}
