import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Caller } from '../auth/index.ts';
import type { Config } from '../config/index.ts';

/** What a request says of its way to us, taken at its word only where a trusted proxy says it. */
export interface Arrival extends Caller {
  /** Host as the caller wrote it, with port, lower case. */
  host: string;
  /** Address the caller used: https://host. */
  origin: string;
}

/**
 * Works out who called and by which address. `remote` is the other end of the connection. Forwarding headers count only
 * when that is a trusted proxy; the caller is then the last address in the chain that is not one. A host that is our
 * public one has come by the public scheme, whatever a silent proxy in between speaks to us. `port` is where we were
 * reached.
 */
export function findCaller(config: Config, headers: Headers, remote: string, port = config.port): Arrival {
  const believed = isTrusted(config, remote);
  const forwarded = (name: string) => (believed ? lastOf(headers.get(name)) : null);
  const host = (forwarded('x-forwarded-host') ?? headers.get('host') ?? '').trim().toLowerCase();
  const publicUrl = new URL(config.publicUrl);
  const scheme =
    host === publicUrl.host
      ? publicUrl.protocol.slice(0, -1)
      : forwarded('x-forwarded-proto') === 'https'
        ? 'https'
        : 'http';
  return {
    address: believed ? firstStranger(config, headers.get('x-forwarded-for'), remote) : remote,
    secure: scheme === 'https',
    headers,
    host,
    origin: URL.parse(`${scheme}://${host}`)?.origin ?? `${scheme}://${host}`,
    port,
  };
}

function isTrusted(config: Config, address: string): boolean {
  const parsed = parse(address);
  return (
    parsed !== null &&
    config.trustedProxies.some((range) => {
      const [network, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), null];
      if (network.kind() !== parsed.kind()) return false;
      const full = network.kind() === 'ipv4' ? 32 : 128;
      return parsed.kind() === 'ipv4'
        ? (parsed as ipaddr.IPv4).match(network as ipaddr.IPv4, bits ?? full)
        : (parsed as ipaddr.IPv6).match(network as ipaddr.IPv6, bits ?? full);
    })
  );
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  try {
    return ipaddr.process(address);
  } catch {
    return null;
  }
}

/** The nearest address that no trusted proxy has; whatever stands before it in the chain may be the caller's own words. */
function firstStranger(config: Config, chain: string | null, remote: string): string {
  let nearest = remote;
  for (const hop of (chain ?? '').split(',').reverse()) {
    const address = readHop(hop.trim());
    if (address === null) return nearest;
    nearest = address;
    if (!isTrusted(config, address)) return address;
  }
  return nearest;
}

/** An address as proxies write it, some with the port; null for what is none. */
function readHop(hop: string): string | null {
  const [, bracketed, plain] = /^(?:\[(.+)\](?::\d+)?|([\d.]+):\d+)$/.exec(hop) ?? [];
  const address = bracketed ?? plain ?? hop;
  return isIP(address) === 0 ? null : address;
}

const lastOf = (header: string | null): string | null => header?.split(',').at(-1)?.trim().toLowerCase() || null;
