import { isbot } from 'isbot';

/**
 * Does this request look like a person opening the page? Robots, programs without a name, and browsers that fetch
 * ahead on a guess do not count; a HEAD shows nothing to anybody.
 */
export function isPerson(request: Request): boolean {
  if (request.method !== 'GET') return false;
  const agent = request.headers.get('user-agent') ?? '';
  if (agent === '' || isbot(agent)) return false;
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => request.headers.get(name) ?? '');
  return !purpose.some((each) => /prefetch|prerender|preview/i.test(each));
}
