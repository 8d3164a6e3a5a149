import type { Http, HttpFailure, HttpRequest } from '../http.ts';
import { shapeResponse } from './direct-http.ts';

/** What a scripted server answers: a status with a body (a string goes out as it is), or a broken exchange. */
export type ScriptedAnswer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { failure: HttpFailure };

/** A server that says what the test makes it say, for answers that no real one can be made to give. */
export function scriptedHttp(answer: (request: HttpRequest) => ScriptedAnswer): Http & { requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  return {
    requests,
    request: async (request) => {
      requests.push(request);
      try {
        request.beforeWrite?.();
      } catch (error) {
        return { ok: false, failure: { kind: 'guard', reached: 'no', detail: String(error) } };
      }
      const given = answer(request);
      if ('failure' in given) return { ok: false, failure: given.failure };
      const body = typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? {});
      return { ok: true, response: shapeResponse(given.status, given.headers ?? {}, Buffer.from(body)) };
    },
  };
}
