import type { z } from 'zod';
import type { Call } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, said } from '../kit/faults.ts';
import type { HttpRequest, HttpResponse } from '../kit/http.ts';
import { readFailure, readFault } from './faults.ts';

/** One call of the network's API. */
export interface ServerCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Origin of the network. */
  server: string;
  /** Below `/api/v1`. */
  path: string;
  token?: string;
  /** Sent as `Idempotency-Key`. */
  key?: string;
  json?: object;
  file?: { bytes: Uint8Array; mime: string };
  beforeWrite?: () => void;
}

/** The request as it goes out. */
export function shapeRequest(call: Pick<Call, 'signal'>, what: ServerCall): HttpRequest {
  return {
    method: what.method,
    url: `${what.server}/api/v1${what.path}`,
    headers: {
      accept: 'application/json',
      ...(what.token === undefined ? {} : { authorization: `Bearer ${what.token}` }),
      ...(what.key === undefined ? {} : { 'idempotency-key': what.key }),
      ...(what.file === undefined ? {} : { 'content-type': what.file.mime }),
    },
    ...(what.json === undefined ? {} : { json: what.json }),
    ...(what.file === undefined ? {} : { bytes: what.file.bytes }),
    ...(what.beforeWrite === undefined ? {} : { beforeWrite: what.beforeWrite }),
    signal: call.signal,
  };
}

/**
 * Makes a call that publishes nothing and reads its answer by the schema. `onRefusal` may know a refusal better than the
 * general table does; null leaves it to the table.
 */
export async function callServer<T extends z.ZodType>(
  call: Call,
  what: ServerCall,
  answer: T,
  onRefusal?: (response: HttpResponse) => Fault | null,
): Promise<Outcome<z.output<T>, Fault>> {
  const exchange = await call.http.request(shapeRequest(call, what));
  if (!exchange.ok) return fail(readFailure(exchange.failure));
  const { response } = exchange;
  if (response.status < 200 || response.status > 299) {
    return fail(onRefusal?.(response) ?? readFault(response, call.now));
  }
  const read = answer.safeParse(response.json());
  if (read.success) return ok(read.data);
  return fail({ kind: 'contract-broken', path: `${what.method} ${what.path}`, said: said(read.error.message) });
}
