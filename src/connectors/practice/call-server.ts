import type { z } from 'zod';
import { callJson, shapeJsonRequest } from '../kit/call-json.ts';
import type { Call } from '../kit/contract.ts';
import type { Fault, Outcome } from '../kit/faults.ts';
import type { HttpRequest, HttpResponse } from '../kit/http.ts';
import { readFault } from './faults.ts';

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
  const { server, path, key, ...rest } = what;
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return shapeJsonRequest(call, { ...rest, url: `${server}/api/v1${path}`, headers });
}

/**
 * Makes a call that publishes nothing and reads its answer by the schema. `onRefusal` may know a refusal better than the
 * general table does; null leaves it to the table.
 */
export function callServer<T extends z.ZodType>(
  call: Call,
  what: ServerCall,
  answer: T,
  onRefusal?: (response: HttpResponse) => Fault | null,
): Promise<Outcome<z.output<T>, Fault>> {
  return callJson(call, shapeRequest(call, what), {
    answer,
    readRefusal: (response) => onRefusal?.(response) ?? readFault(response, call.now),
    name: `${what.method} ${what.path}`,
  });
}
