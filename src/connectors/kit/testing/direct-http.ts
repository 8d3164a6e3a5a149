import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Http, HttpFailure, HttpRequest, HttpResponse } from '../http.ts';

/**
 * The `Http` of the contract with nothing between it and the network, for tests against real servers: one connection a
 * request, no redirects, no rules about where it may go. It writes in the tick in which `beforeWrite` ran, and so
 * knows to the byte whether anything can have reached the server.
 */
export const directHttp: Http = { request: exchange };

type Exchange = { ok: true; response: HttpResponse } | { ok: false; failure: HttpFailure };

function exchange(asked: HttpRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const { timeoutMs = 30_000 } = asked;
    const body = shapeBody(asked);
    const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(timeoutMs)]);
    let isWritten = false;
    const lose = (kind: HttpFailure['kind'], detail: string) =>
      resolve({ ok: false, failure: { kind, reached: isWritten ? 'unknown' : 'no', detail } });
    if (asked.signal.aborted) return lose('aborted', 'Aborted before it began');

    const url = new URL(asked.url);
    const options: RequestOptions = {
      method: asked.method,
      agent: false,
      signal,
      headers: { ...asked.headers, ...body.headers },
    };
    const outgoing = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    outgoing.on('error', (error) => {
      if (asked.signal.aborted) lose('aborted', error.message);
      else if (signal.aborted) lose('timeout', `No answer within ${timeoutMs} ms`);
      else lose(isWritten ? 'reset' : 'connect', error.message);
    });
    outgoing.on('response', (incoming) => void readResponse(incoming, asked.maxBytes ?? 2 ** 21).then(resolve));
    const write = () => {
      try {
        asked.beforeWrite?.();
      } catch (error) {
        lose('guard', error instanceof Error ? error.message : String(error));
        outgoing.destroy();
        return;
      }
      isWritten = true;
      outgoing.end(body.bytes);
    };
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) write();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', write);
    });
  });
}

function shapeBody({ json, form, bytes }: HttpRequest): { bytes: Uint8Array; headers: Record<string, string> } {
  const shaped = (body: Uint8Array, type?: string) => ({
    bytes: body,
    headers: { 'content-length': String(body.length), ...(type ? { 'content-type': type } : {}) },
  });
  if (json !== undefined) return shaped(Buffer.from(JSON.stringify(json)), 'application/json');
  if (form) return shaped(Buffer.from(String(new URLSearchParams(form))), 'application/x-www-form-urlencoded');
  return bytes ? shaped(bytes) : shaped(Buffer.alloc(0));
}

async function readResponse(incoming: IncomingMessage, maxBytes: number): Promise<Exchange> {
  const lose = (detail: string): Exchange => ({
    ok: false,
    failure: { kind: 'response', reached: 'unknown', detail },
  });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) return lose(`More than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    return lose(error instanceof Error ? error.message : String(error));
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    ok: true,
    response: shapeResponse(incoming.statusCode ?? 0, Object.fromEntries(headers), Buffer.concat(chunks)),
  };
}

/** An answer as the contract has it. */
export function shapeResponse(status: number, headers: Record<string, string>, bytes: Uint8Array): HttpResponse {
  const text = () => new TextDecoder().decode(bytes);
  return {
    status,
    headers,
    bytes,
    text,
    json: () => {
      try {
        return JSON.parse(text()) as unknown;
      } catch {
        return undefined;
      }
    },
  };
}
