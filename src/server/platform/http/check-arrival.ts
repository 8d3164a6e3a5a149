import { refuse } from '../context/index.ts';
import type { Arrival } from './find-caller.ts';

/** Whether we answer to this host: a configured name, or this machine's own. Stops DNS rebinding. */
export function isOurHost(allowedHosts: readonly string[], host: string): boolean {
  try {
    const name = new URL(`http://${host}`).hostname.replace(/\.$/, '').replace(/^\[|\]$/g, '');
    return isLoopback(name) || allowedHosts.includes(name);
  } catch {
    return false;
  }
}

const isLoopback = (name: string) =>
  name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);

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
