import type { Http, HttpRequest } from '../../http.ts';
import type { HostileAnswer, HostileServer } from './hostile-server.ts';

/** One exchange with the real server: what was asked and what it answered. */
export interface Recorded {
  request: HttpRequest;
  answer: HostileAnswer & { kind: 'answer' };
}

/** Lets everything through to the real server and keeps what was said. */
export function recording(http: Http): Http & { exchanges: Recorded[] } {
  const exchanges: Recorded[] = [];
  return {
    exchanges,
    async request(request) {
      const exchange = await http.request(request);
      if (exchange.ok) {
        const { status, headers, bytes } = exchange.response;
        // Bodies arrive here unpacked, and are sent again as they are.
        const kept = Object.entries(headers).filter(([name]) => !passing.has(name));
        const body = new TextDecoder().decode(bytes);
        exchanges.push({ request, answer: { kind: 'answer', status, headers: Object.fromEntries(kept), body } });
      }
      return exchange;
    },
  };
}

const passing = new Set(['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']);

/**
 * Stands in the middle: each request, instead of to its own address, goes over the wire to a server that gives the next
 * answer of the script; the last one again and again. Nothing reaches the real server.
 */
export function replaying(
  http: Http,
  server: HostileServer,
  script: readonly HostileAnswer[],
): Http & { asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  return {
    asked,
    request(request) {
      const answer = script[Math.min(asked.length, script.length - 1)] ?? { kind: 'closed' };
      asked.push(request);
      if (asked.length > mostRequests) throw new Error(`More than ${mostRequests} requests for one call.`);
      return http.request({ ...request, url: server.addressOf(answer) });
    },
  };
}

/** A connector that asks more often than this for one call goes round in circles. */
const mostRequests = 100;

/** Whatever time a connector gives an exchange, it gets at most this. */
export const within = (http: Http, timeoutMs: number): Http => ({
  request: (request) => http.request({ ...request, timeoutMs: Math.min(request.timeoutMs ?? timeoutMs, timeoutMs) }),
});

/** Counts what goes out. */
export function counting(http: Http): Http & { asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  return {
    asked,
    request(request) {
      asked.push(request);
      return http.request(request);
    },
  };
}

/** For calls that must ask nobody: counts whoever does, and gives no answer. */
export function replayNothing(): Http & { asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  return {
    asked,
    async request(request) {
      asked.push(request);
      return { ok: false, failure: { kind: 'connect', reached: 'no', detail: 'Nobody is to be asked' } };
    },
  };
}
