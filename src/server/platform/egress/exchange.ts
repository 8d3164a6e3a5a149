import { type Agent, request as sendRequest } from 'undici';
import { limitTime } from './limit-time.ts';
import { readBody } from './read-body.ts';
import { type EgressRefusalReason, EgressRefusedError, WriteForbiddenError } from './refusal.ts';
import { watchWrite } from './watch-write.ts';

export interface ExchangeRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array | string | null;
  /** The caller's own signal; the time limit is beside it. */
  signal: AbortSignal | undefined;
  timeoutMs: number;
  maxBytes: number;
  beforeWrite: (() => void) | undefined;
}

export interface Answered {
  kind: 'answered';
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/** We do not make this request. Nothing was sent. */
export interface EgressRefused {
  kind: 'egress-refused';
  reason: EgressRefusalReason;
}

/** The exchange did not complete. `reached: 'no'`: not one byte of the request was written. */
export interface EgressFailed {
  kind: 'egress-failed';
  reason: 'connect' | 'timeout' | 'reset' | 'response' | 'too-large' | 'too-many-redirects' | 'aborted' | 'guard';
  reached: 'no' | 'unknown';
  /** For the log: an error code, never words of the other side. */
  detail: string;
}

/** Sends one request and reads its answer within the limits. Follows nothing, throws nothing. */
export async function exchange(
  agent: Agent,
  request: ExchangeRequest,
): Promise<Answered | EgressRefused | EgressFailed> {
  const time = limitTime(request.timeoutMs, request.signal);
  let reached: EgressFailed['reached'] = 'no';
  const onWrite = (): void => {
    request.beforeWrite?.();
    reached = 'unknown';
  };
  try {
    time.signal.throwIfAborted();
    const answer = await sendRequest(request.url, {
      method: request.method,
      headers: { 'accept-encoding': 'gzip, deflate', ...request.headers },
      body: request.body,
      signal: time.signal,
      headersTimeout: request.timeoutMs,
      bodyTimeout: request.timeoutMs,
      dispatcher: agent.compose((dispatch) => (options, handler) => dispatch(options, watchWrite(handler, onWrite))),
    });
    const headers = flatten(answer.headers);
    const read = await readBody(answer.body, headers, request.maxBytes);
    if (!read.ok) return { kind: 'egress-failed', reason: read.reason, reached, detail: read.reason };
    return { kind: 'answered', status: answer.statusCode, headers, body: read.bytes };
  } catch (error) {
    return explain(error, reached, time.isUp(), request.signal?.aborted === true);
  } finally {
    time.end();
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function explain(
  error: unknown,
  reached: EgressFailed['reached'],
  isTimeUp: boolean,
  isAborted: boolean,
): EgressRefused | EgressFailed {
  if (error instanceof EgressRefusedError) return { kind: 'egress-refused', reason: error.reason };
  const detail = codeOf(error);
  const failed = (reason: EgressFailed['reason']): EgressFailed => ({ kind: 'egress-failed', reason, reached, detail });
  if (error instanceof WriteForbiddenError) return failed('guard');
  if (isAborted) return failed('aborted');
  if (isTimeUp || /TIMEOUT|ETIMEDOUT/.test(detail)) return failed('timeout');
  if (detail === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return failed('too-large');
  if (reached === 'no') return failed('connect');
  return failed(/^HPE_|^HTTPParserError$|^UND_ERR_RES/.test(detail) ? 'response' : 'reset');
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
