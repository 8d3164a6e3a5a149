/** What is known of a request when the worker sees it. */
export interface AskedFor {
  method: string;
  url: string;
  /** `navigate` for a page in a tab. */
  mode: string;
  /** The installation's own origin. */
  origin: string;
}

/**
 * How the worker answers. `share`: what another app handed over. `page`: a screen of the interface, from the network,
 * and the kept shell when there is none. `asset`: a file whose name says what it holds. `network`: not touched.
 */
export type Route = 'share' | 'page' | 'asset' | 'network';

/**
 * Decides what the worker has a hand in. It is a list of what is ours: answers of the API, signing in, public pages, the
 * demo's doorway, pictures and whatever comes later go past it.
 */
export function routeRequest({ method, url, mode, origin }: AskedFor): Route {
  const { origin: site, pathname } = new URL(url);
  if (site !== origin) return 'network';
  if (method === 'POST') return pathname === '/share' && mode === 'navigate' ? 'share' : 'network';
  if (method !== 'GET') return 'network';
  if (pathname.startsWith('/assets/')) return 'asset';
  const isScreen = pathname === '/' || pathname === '/share' || pathname === '/w' || pathname.startsWith('/w/');
  // No screen's address looks like that of a file.
  return mode === 'navigate' && isScreen && !/\.[^/]*$/.test(pathname) ? 'page' : 'network';
}
