/** Who can open an address: anyone, only those in its own network, or only the computer that serves it. */
export type Reach = 'everyone' | 'network' | 'computer';

/**
 * Tells from an address alone who can open it. Names are judged as they are written, nothing is looked up: a public name
 * that leads to a private address counts as public. What is no address at all can be opened by nobody outside.
 */
export function reachOf(address: string): Reach {
  if (!URL.canParse(address)) return 'computer';
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isOfComputer(host)) return 'computer';
  return isOfNetwork(host) ? 'network' : 'everyone';
}

const isOfComputer = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^(127|0)(\.\d+){3}$/.test(host);

/** RFC 1918, 3927, 4193, 4291 (link-local), 6598, 6762 and 8375; and names without a dot, checked 2026-11-23. */
const isOfNetwork = (host: string): boolean =>
  /^(10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(\.\d+)+$/.test(host) ||
  /^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/.test(host) ||
  /\.(local|lan|internal|home\.arpa)$/.test(host) ||
  !/[.:]/.test(host);
