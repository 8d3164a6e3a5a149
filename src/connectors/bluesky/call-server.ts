import type { z } from 'zod';
import { callJson, shapeJsonRequest } from '../kit/call-json.ts';
import type { Call } from '../kit/contract.ts';
import type { Fault, Outcome } from '../kit/faults.ts';
import type { HttpRequest, HttpResponse } from '../kit/http.ts';
import { readFault } from './faults.ts';

/** One call of a method of the AT Protocol. */
export interface ServerCall {
  /** Origin of the server. */
  server: string;
  /** As `com.atproto.repo.getRecord`. */
  method: string;
  token?: string;
  query?: [name: string, value: string][];
  json?: object;
  file?: { bytes: Uint8Array; mime: string };
  /** For methods that write and take nothing. */
  post?: boolean;
  beforeWrite?: () => void;
}

/** The request as it goes out. */
export function shapeRequest(call: Pick<Call, 'signal'>, what: ServerCall): HttpRequest {
  const { server, method, query, post, ...rest } = what;
  const isWrite = what.json !== undefined || what.file !== undefined || post === true;
  const search = query ? `?${new URLSearchParams(query)}` : '';
  return shapeJsonRequest(call, {
    ...rest,
    method: isWrite ? 'POST' : 'GET',
    url: `${server}/xrpc/${method}${search}`,
  });
}

/**
 * Calls a method that publishes nothing and reads its answer by the schema. `onRefusal` may know a refusal better than
 * the general table does; null leaves it to the table.
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
    name: what.method,
  });
}
