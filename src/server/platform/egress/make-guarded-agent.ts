import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { AddressJudgement } from './judge-address.ts';
import { EgressRefusedError } from './refusal.ts';

/** Finds the addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface GuardOptions {
  judge: (address: string) => AddressJudgement;
  /** Ports that may be called at public addresses. At an address the operator allows, every port may. */
  ports: readonly number[];
  /** `host` or `host:port` that may be called wherever it is. */
  namedHosts: readonly string[];
  resolve: Resolve;
  connectTimeoutMs: number;
  /** Largest body for callers that set no limit of their own. */
  maxBodyBytes: number;
}

/**
 * An undici agent whose every connection, also one for a redirect or of a library's own `fetch`, is resolved, judged and
 * then made to exactly the judged addresses. A name with one refused address among public ones is refused.
 */
export function makeGuardedAgent(options: GuardOptions): Agent {
  return new Agent({
    allowH2: false,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    keepAliveTimeout: 10_000,
    maxResponseSize: options.maxBodyBytes,
    connect: (target, callback) => {
      findAddresses(target, options).then(
        (addresses) => connectTo(addresses, options.connectTimeoutMs)(target, callback),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
    },
  });
}

/** Finds the host's addresses by the system's resolver. */
export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

async function findAddresses(
  target: buildConnector.Options,
  { judge, ports, namedHosts, resolve }: GuardOptions,
): Promise<readonly LookupAddress[]> {
  const { protocol } = target;
  if ((protocol !== 'http:' && protocol !== 'https:') || target.httpSocket) throw new EgressRefusedError('scheme');
  const hostname = target.hostname.replace(/^\[|\]$/g, '');
  const port = Number(target.port) || (protocol === 'https:' ? 443 : 80);
  const family = isIP(hostname);
  const addresses = family > 0 ? [{ address: hostname, family }] : await resolve(hostname);
  if (addresses.length === 0) throw new EgressRefusedError('address-invalid');
  if (namedHosts.includes(hostname) || namedHosts.includes(`${hostname}:${port}`)) return addresses;

  const judgements = addresses.map(({ address }) => judge(address));
  if (judgements.includes('refused')) throw new EgressRefusedError('private-address');
  if (!ports.includes(port) && judgements.includes('public')) throw new EgressRefusedError('port');
  return addresses;
}

/** Node asks this `lookup` for names only; an IP literal is connected to as it was judged. */
function connectTo(addresses: readonly LookupAddress[], timeout: number): buildConnector.connector {
  const pinned: LookupFunction = (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };
  return buildConnector({ allowH2: false, timeout, autoSelectFamily: true, lookup: pinned });
}
