import { networkInterfaces } from 'node:os';
import type { Config } from '../config/index.ts';
import { refuse } from '../context/index.ts';
import type { Arrival } from './find-caller.ts';

/**
 * Whether we answer to this host: a configured name, this machine's loopback, or, where we listen beyond it, one of
 * this machine's own addresses. Stops DNS rebinding: that needs a name of the attacker's, and an address written out
 * is none.
 */
export function isOurHost(config: Pick<Config, 'allowedHosts' | 'host'>, host: string): boolean {
  const name = readName(host);
  if (name === null) return false;
  if (isLoopback(name) || config.allowedHosts.some((allowed) => readName(allowed) === name)) return true;
  return !isLoopback(config.host) && listOwnAddresses().has(name);
}

/** A host without port, brackets and final dot, addresses in their one form; null for what is none. */
function readName(host: string): string | null {
  const url = URL.parse(`http://${host}`);
  if (url === null || url.pathname !== '/' || url.search || url.hash || url.username || url.password) return null;
  return url.hostname.replace(/\.$/, '').replace(/^\[|\]$/g, '');
}

const isLoopback = (name: string) =>
  name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);

const FRESH_MS = 10_000;
let own = { readAtMs: Number.NEGATIVE_INFINITY, addresses: new Set<string>() };

/** This machine's addresses; read anew now and then, because a laptop changes networks. */
function listOwnAddresses(): ReadonlySet<string> {
  const nowMs = performance.now();
  if (nowMs - own.readAtMs < FRESH_MS) return own.addresses;
  const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const names = found.map(({ address, family }) => readName(family === 'IPv6' ? `[${address}]` : address));
  own = { readAtMs: nowMs, addresses: new Set(names.filter((name) => name !== null)) };
  return own.addresses;
}

/**
 * Refuses calls that change something and come from another site's page. A browser says so in `Sec-Fetch-Site` or
 * `Origin`; a caller that sends neither is no browser and carries no cookie it was not given.
 */
export function assertOwnSite(method: string, arrival: Arrival): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const site = arrival.headers.get('sec-fetch-site');
  const origin = arrival.headers.get('origin');
  const own = site === null ? origin === null || origin === arrival.origin : site === 'same-origin' || site === 'none';
  if (!own) refuse('not-allowed');
}
