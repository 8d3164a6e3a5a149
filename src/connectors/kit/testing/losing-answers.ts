import type { Http, HttpRequest } from '../http.ts';

/** Lets matching requests through to the server and loses its answer on the way back, as a broken line would. */
export function losingAnswers(http: Http, matches: (request: HttpRequest) => boolean): Http {
  return {
    request: async (request) => {
      const exchange = await http.request(request);
      if (!exchange.ok || !matches(request)) return exchange;
      return { ok: false, failure: { kind: 'reset', reached: 'unknown', detail: 'The line broke after the request' } };
    },
  };
}
