import type { Http, HttpFailure, HttpRequest } from '#connectors/kit/http.ts';
import type { Answered, EgressFailed, EgressRefused, ExchangeRequest } from './exchange.ts';
import { readCallableUrl } from './read-callable-url.ts';

/** The egress client as connectors know it. A redirect is an answer like any other. */
export function createConnectorHttp(
  send: (request: ExchangeRequest) => Promise<Answered | EgressRefused | EgressFailed>,
): Http {
  return {
    async request(request) {
      const url = readCallableUrl(request.url);
      if (!url) return refused();
      const answer = await send({
        method: request.method,
        url,
        ...shapeBody(request),
        signal: request.signal,
        timeoutMs: request.timeoutMs ?? 30_000,
        maxBytes: request.maxBytes ?? 2 * 1024 * 1024,
        beforeWrite: request.beforeWrite,
      });
      if (answer.kind === 'egress-refused') return refused();
      if (answer.kind === 'egress-failed') return { ok: false, failure: presentFailure(answer) };
      const { status, headers, body: bytes } = answer;
      const text = () => new TextDecoder().decode(bytes);
      return { ok: true, response: { status, headers, bytes, text, json: () => parseJson(text()) } };
    },
  };
}

/** The same whatever the reason: what people are shown of it must not tell which addresses there are inside. */
function refused(): { ok: false; failure: HttpFailure } {
  return { ok: false, failure: { kind: 'refused-by-house', reached: 'no', detail: 'address-not-called' } };
}

function shapeBody({ headers: given = {}, json, form, bytes }: HttpRequest): Pick<ExchangeRequest, 'headers' | 'body'> {
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  if (json !== undefined) {
    return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(json) };
  }
  if (form) {
    const type = 'application/x-www-form-urlencoded';
    return { headers: { 'content-type': type, ...headers }, body: new URLSearchParams(form).toString() };
  }
  return { headers, body: bytes ?? null };
}

function presentFailure({ reason, reached, detail }: EgressFailed): HttpFailure {
  const kind = reason === 'too-large' || reason === 'too-many-redirects' ? 'response' : reason;
  return { kind, reached, detail };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
