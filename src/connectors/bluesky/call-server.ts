import type { z } from 'zod';
import type { Call } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, said } from '../kit/faults.ts';
import type { HttpResponse } from '../kit/http.ts';
import { readFailure, readFault } from './faults.ts';

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

/** The request that `exchange` sends. */
export function shapeRequest(call: Pick<Call, 'signal'>, what: ServerCall) {
  const query = what.query ? `?${new URLSearchParams(what.query)}` : '';
  const isWrite = what.json !== undefined || what.file !== undefined || what.post === true;
  return {
    method: isWrite ? ('POST' as const) : ('GET' as const),
    url: `${what.server}/xrpc/${what.method}${query}`,
    headers: {
      accept: 'application/json',
      ...(what.token === undefined ? {} : { authorization: `Bearer ${what.token}` }),
      ...(what.file === undefined ? {} : { 'content-type': what.file.mime }),
    },
    ...(what.json === undefined ? {} : { json: what.json }),
    ...(what.file === undefined ? {} : { bytes: what.file.bytes }),
    ...(what.beforeWrite === undefined ? {} : { beforeWrite: what.beforeWrite }),
    signal: call.signal,
  };
}

/**
 * Calls a method that publishes nothing and reads its answer by the schema. `onRefusal` may know a refusal better than
 * the general table does; null leaves it to the table.
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
  const path = read.error.issues[0]?.path.join('.') ?? '';
  return fail({ kind: 'contract-broken', path: `${what.method} ${path}`.trim(), said: said(read.error.message) });
}
