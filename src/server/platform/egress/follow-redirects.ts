import type { Agent } from 'undici';
import type { EgressAnswer, EgressRequest } from './egress-request.ts';
import { exchange } from './exchange.ts';
import { readCallableUrl } from './read-callable-url.ts';

/** Makes a request and follows its redirects as far as it says; each hop is judged like the first one. */
export async function followRedirects(
  agent: Agent,
  start: string | URL,
  request: EgressRequest,
): Promise<EgressAnswer> {
  const { method = 'GET', timeoutMs = 10_000, maxBytes = 1024 * 1024, maxRedirects = 0 } = request;
  const endsAtMs = performance.now() + timeoutMs;
  let headers = request.headers ?? {};
  let url = readCallableUrl(start);
  for (let hops = 0; ; hops++) {
    if (!url) return { kind: 'egress-refused', reason: hops === 0 ? 'address-invalid' : 'redirect' };
    const answer = await exchange(agent, {
      method,
      url,
      headers,
      body: request.body ?? null,
      signal: request.signal,
      timeoutMs: Math.max(1, Math.round(endsAtMs - performance.now())),
      maxBytes,
      beforeWrite: request.beforeWrite,
    });
    if (answer.kind !== 'answered') return answer;
    const location = redirects.has(answer.status) ? answer.headers['location'] : undefined;
    if (location === undefined || maxRedirects === 0 || (method !== 'GET' && method !== 'HEAD')) {
      return { ...answer, url: url.href, text: () => new TextDecoder().decode(answer.body) };
    }
    if (hops === maxRedirects) {
      return { kind: 'egress-failed', reason: 'too-many-redirects', reached: 'unknown', detail: String(hops) };
    }
    const next = readCallableUrl(location, url);
    if (next && url.protocol === 'https:' && next.protocol === 'http:')
      return { kind: 'egress-refused', reason: 'redirect' };
    if (next?.origin !== url.origin) headers = withoutCredentials(headers);
    url = next;
  }
}

const redirects = new Set([301, 302, 303, 307, 308]);

function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !['authorization', 'cookie', 'dpop'].includes(name.toLowerCase())),
  );
}
