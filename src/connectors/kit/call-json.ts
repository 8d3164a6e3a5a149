import type { z } from 'zod';
import type { Call } from './contract.ts';
import { type Fault, fail, type Outcome, ok, said } from './faults.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { readFailure } from './read-failure.ts';

/** One call of an API that answers JSON and takes a bearer token. */
export interface JsonCall {
  method: HttpRequest['method'];
  url: string;
  token?: string;
  /** Beside those that every call has. */
  headers?: Record<string, string>;
  json?: object;
  file?: { bytes: Uint8Array; mime: string };
  beforeWrite?: () => void;
}

/** The request as it goes out. */
export function shapeJsonRequest({ signal }: Pick<Call, 'signal'>, what: JsonCall): HttpRequest {
  return {
    method: what.method,
    url: what.url,
    headers: {
      accept: 'application/json',
      ...(what.token === undefined ? {} : { authorization: `Bearer ${what.token}` }),
      ...(what.file === undefined ? {} : { 'content-type': what.file.mime }),
      ...what.headers,
    },
    ...(what.json === undefined ? {} : { json: what.json }),
    ...(what.file === undefined ? {} : { bytes: what.file.bytes }),
    ...(what.beforeWrite === undefined ? {} : { beforeWrite: what.beforeWrite }),
    signal,
  };
}

/** How an answer is understood. */
export interface AnswerReading<T extends z.ZodType> {
  /** What a success must look like. */
  answer: T;
  /** What an answer that is no success means. */
  readRefusal: (response: HttpResponse) => Fault;
  /** The call as a fault names it. */
  name: string;
}

/** Makes a call that publishes nothing and reads its answer. */
export async function callJson<T extends z.ZodType>(
  call: Call,
  request: HttpRequest,
  { answer, readRefusal, name }: AnswerReading<T>,
): Promise<Outcome<z.output<T>, Fault>> {
  const exchange = await call.http.request(request);
  if (!exchange.ok) return fail(readFailure(exchange.failure));
  const { response } = exchange;
  if (response.status < 200 || response.status > 299) return fail(readRefusal(response));
  const read = answer.safeParse(response.json());
  if (read.success) return ok(read.data);
  const place = read.error.issues[0]?.path.join('.') ?? '';
  return fail({ kind: 'contract-broken', path: `${name} ${place}`.trim(), said: said(read.error.message) });
}
