import { type Fault, type SendFault, said } from '../kit/faults.ts';
import type { HttpResponse } from '../kit/http.ts';
import { asRenewalFault, isOthersPage } from '../kit/read-failure.ts';
import { LONGEST_WAIT_MS, readRetryAfter } from '../kit/rules/index.ts';
import { ErrorBody } from './wire.ts';

/** Turns an answer that is no success into our fault. `now` is what a wait given in seconds is counted from. */
export function readFault(response: HttpResponse, now: Date): Fault {
  const { status } = response;
  const { error = '', message = '' } = readErrorBody(response);
  const words = said(`${status} ${error} ${message}`);
  if (status === 429 || error === 'RateLimitExceeded') {
    return { kind: 'rate-limited', ...readWait(response, now), said: words };
  }
  if (status >= 500) return { kind: 'temporarily-down', said: words };
  if (isOthersPage(status, error)) return { kind: 'temporarily-down', said: words };
  if (accountErrors.has(error)) return { kind: 'permission-missing', permission: 'account-active', said: words };
  if (status === 401 || credentialErrors.has(error)) return { kind: 'credential-rejected', said: words };
  if (status === 403) return { kind: 'permission-missing', permission: error || 'write', said: words };
  // The file was cleared away before a record named it: preparing again uploads it again.
  if (error === 'BlobNotFound' || message.startsWith('Could not find blob')) {
    return { kind: 'temporarily-down', said: words };
  }
  if (status === 408) return { kind: 'temporarily-down', said: words };
  if (status === 413) return { kind: 'content-rejected', field: 'media', reason: 'too-large', said: words };
  if (status === 400) {
    return { kind: 'content-rejected', field: readField(message), reason: error || 'refused', said: words };
  }
  return { kind: 'contract-broken', path: `status ${status}`, said: words };
}

/**
 * The same for the one call that publishes. A refusal is made before anything is written, so nothing is public; a
 * failure of the server tells nothing, nor does a page that is not the server's.
 */
export function readSendFault(response: HttpResponse, now: Date): SendFault {
  const fault = readFault(response, now);
  const { status } = response;
  const isServers = status !== 408 && !isOthersPage(status, readErrorBody(response).error ?? '');
  const isRefusal = status >= 400 && status < 500 && isServers;
  return { ...fault, reached: isRefusal ? 'no' : 'unknown' };
}

/** The same for renewing: a 401 or 403 that names no error of the protocol's is not the server's word. */
export function readRenewalFault(response: HttpResponse, now: Date): Fault {
  const { error = '' } = readErrorBody(response);
  return asRenewalFault(readFault(response, now), credentialErrors.has(error) || accountErrors.has(error));
}

/** What the server said went wrong, in its own words. */
export function readErrorBody(response: HttpResponse): { error?: string | undefined; message?: string | undefined } {
  const read = ErrorBody.safeParse(response.json());
  return read.success ? { ...read.data, message: read.data.message?.slice(0, 2_000) } : {};
}

const credentialErrors = new Set([
  'ExpiredToken',
  'InvalidToken',
  'AuthMissing',
  'AuthenticationRequired',
  'AuthRequired',
]);
const accountErrors = new Set([
  'AccountTakedown',
  'AccountDeactivated',
  'AccountSuspended',
  'RepoTakendown',
  'RepoDeactivated',
  'RepoSuspended',
  'RepoNotFound',
]);

/** The server names the place in the record, in one of two ways: `Record/embed/images/0` and `$.embed.images[0]`. */
function readField(message: string): string {
  const image = /images(?:\/|\[|\.)(\d{1,2})/.exec(message)?.[1];
  if (image !== undefined) return `media.${image}`;
  if (/external/.test(message)) return 'link';
  return 'text';
}

function readWait({ headers }: HttpResponse, now: Date): { retryAt: Date | null; scope: 'call' | 'day' } {
  const windowSeconds = Number(/w=(\d+)/.exec(headers['ratelimit-policy'] ?? '')?.[1] ?? 0);
  const waitMs = readRetryAfter(headers, now);
  return {
    retryAt: waitMs === null ? readReset(headers['ratelimit-reset'], now) : new Date(now.getTime() + waitMs),
    scope: windowSeconds >= 86_400 ? 'day' : 'call',
  };
}

/** Seconds since 1970. */
function readReset(value: string | undefined, now: Date): Date | null {
  return value !== undefined && /^\d+$/.test(value) ? within(Number(value) * 1_000, now) : null;
}

function within(at: number, now: Date): Date | null {
  if (!Number.isFinite(at)) return null;
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + LONGEST_WAIT_MS));
}
