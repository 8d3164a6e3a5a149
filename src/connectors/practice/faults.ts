import { type Fault, type SendFault, said } from '../kit/faults.ts';
import type { HttpResponse } from '../kit/http.ts';
import { asRenewalFault, isOthersPage } from '../kit/read-failure.ts';
import { readRetryAfter } from '../kit/rules/index.ts';
import { ErrorBody } from './wire.ts';

/** Turns an answer that is no success into our fault. The table stands in docs/networks/practice.md. */
export function readFault(response: HttpResponse, now: Date): Fault {
  const { status } = response;
  const body = readErrorBody(response);
  const { error = '', message = '' } = body;
  const words = said(withoutTokens(`${status} ${error} ${message}`));
  if (status === 429) return { kind: 'rate-limited', ...readWait(response, body, now), said: words };
  if (status >= 500) return { kind: 'temporarily-down', said: words };
  if (isOthersPage(status, error)) return { kind: 'temporarily-down', said: words };
  if (status === 401) return { kind: 'credential-rejected', said: words };
  if (error === 'blocked') return { kind: 'content-rejected', field: 'text', reason: 'blocked', said: words };
  if (status === 403) return { kind: 'permission-missing', permission: body.permission ?? 'posts-write', said: words };
  if (status === 409) return { kind: 'duplicate', existingId: body.existingId ?? null, said: words };
  if (status === 408 || error === 'media-not-ready') return { kind: 'temporarily-down', said: words };
  if (status === 413) return { kind: 'content-rejected', field: 'media', reason: 'too-large', said: words };
  if (status === 410) return { kind: 'content-rejected', field: 'gone', reason: 'gone', said: words };
  if (status === 422) {
    return { kind: 'content-rejected', field: body.field ?? 'text', reason: body.reason ?? 'refused', said: words };
  }
  return { kind: 'contract-broken', path: `status ${status}`, said: words };
}

/**
 * The same for the call that publishes. These refusals come before anything is shown; `blocked` and `duplicate` can
 * follow a post that is live, and a failure of the server tells nothing, nor does a page that is not the network's.
 */
export function readSendFault(response: HttpResponse, now: Date): SendFault {
  const fault = readFault(response, now);
  const comesBefore = [401, 403, 413, 422, 425, 429].includes(response.status);
  const isBlocked = fault.kind === 'content-rejected' && fault.reason === 'blocked';
  const isOthers = isOthersPage(response.status, readErrorBody(response).error ?? '');
  return { ...fault, reached: comesBefore && !isBlocked && !isOthers ? 'no' : 'unknown' };
}

/** The same for renewing: a 401 or 403 that names no error of the network's own is not its word. */
export function readRenewalFault(response: HttpResponse, now: Date): Fault {
  return asRenewalFault(readFault(response, now), accountErrors.has(readErrorBody(response).error ?? ''));
}

const accountErrors = new Set(['token-expired', 'token-invalid', 'session-ended', 'permission-missing']);

/** What the network said went wrong. */
export function readErrorBody(response: HttpResponse): ErrorBody {
  const read = ErrorBody.safeParse(response.json());
  return read.success ? { ...read.data, message: read.data.message?.slice(0, 2_000) } : {};
}

/** Servers that repeat a request in their complaint repeat its token too; theirs can be told by how they begin. */
const withoutTokens = (words: string): string => words.replace(/\bp[ar]_[\w-]{8,}/g, '…');

/** No limit of the network lasts longer; whoever says so has made a mistake. */
const longestWaitMs = 86_400_000;

function readWait(
  { headers }: HttpResponse,
  body: ErrorBody,
  now: Date,
): { retryAt: Date | null; scope: 'call' | 'day' | 'app' } {
  const named = body.scope ?? headers['ratelimit-scope'];
  const scope = named === 'day' || named === 'app' ? named : 'call';
  return { retryAt: readRetryAt(headers, now), scope };
}

/** What makes no sense is no answer: null, and the house waits as long as it usually does. */
function readRetryAt(headers: Record<string, string>, now: Date): Date | null {
  const waitMs = readRetryAfter(headers, now);
  return waitMs !== null && waitMs <= longestWaitMs ? new Date(now.getTime() + waitMs) : null;
}
