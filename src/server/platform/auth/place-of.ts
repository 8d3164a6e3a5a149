import ipaddr from 'ipaddr.js';

/** Where a caller is, as far as limits tell places apart: an IPv4 address, or the 64 bits of an IPv6 network. */
export function placeOf(address: string): string {
  try {
    const parsed = ipaddr.process(address);
    if (parsed.kind() === 'ipv4') return parsed.toString();
    const bytes = parsed.toByteArray().fill(0, 8);
    return `${new ipaddr.IPv6(bytes).toString()}/64`;
  } catch {
    return 'unknown';
  }
}
