import { createHmac } from 'node:crypto';
import type { OperationName } from '#contract/operations.ts';
import { refuse, refuseField } from '../context/index.ts';
import type { Database } from '../db/index.ts';
import { claimKey, dropOldKeys, type KeyPlace, keepAnswer, releaseKey } from './idempotency-store.ts';

export interface OnceOptions {
  db: Database;
  /** What the fingerprints of calls are made with: a body may hold a password, and the database keeps its fingerprint. */
  secret: Uint8Array;
  /** Whose keys these are. */
  actor: string;
  request: Request;
  body: Uint8Array<ArrayBuffer>;
  /** Which operation is called. */
  operation: OperationName;
  /** Refuses when the caller may not make this call any more; asked before an answer is repeated. */
  assertStillMay: () => Promise<void>;
}

/** What an answer shows this once: a repeat finds the field empty, and the database never has it. */
const shownOnce: Partial<Record<OperationName, string>> = {
  'apiKeys.create': 'secret',
  'invitations.create': 'link',
  'reconnectLinks.create': 'link',
};

/**
 * Runs a call, or answers it as it was answered before under the same `Idempotency-Key`. Without a key, or for a call
 * that changes nothing, it just runs. Answers of failures on our side (5xx) are not kept, nor is that it was one call
 * too many.
 */
export async function answerOnce(options: OnceOptions, run: () => Promise<Response>): Promise<Response> {
  const { db, actor, request } = options;
  const key = request.headers.get('idempotency-key');
  if (key === null || request.method === 'GET' || request.method === 'HEAD') return run();
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) refuseField('Idempotency-Key', 'malformed');
  const place: KeyPlace = { actor, key, hash: await hashCall(options) };
  const claim = await claimKey(db, place);
  if (claim.kind === 'reused') refuse('idempotency-key-reused');
  if (claim.kind === 'running') refuse('idempotency-key-in-use');
  if (claim.kind === 'answered') {
    await options.assertStillMay();
    const { status, headers, body } = claim.answer;
    return new Response(body === '' ? null : body, { status, headers: { ...headers, 'idempotent-replayed': 'true' } });
  }
  prune(db);
  let response: Response;
  try {
    response = await run();
  } catch (error) {
    await releaseKey(db, place, claim.run);
    throw error;
  }
  if (response.status >= 500 || response.status === 429) {
    await releaseKey(db, place, claim.run);
    return response;
  }
  const body = withoutSecret(options.operation, await response.clone().text());
  const type = response.headers.get('content-type');
  await keepAnswer(db, place, claim.run, {
    status: response.status,
    headers: type === null ? {} : { 'content-type': type },
    body,
  });
  return response;
}

function withoutSecret(operation: OperationName, body: string): string {
  const field = shownOnce[operation];
  if (field === undefined) return body;
  const answer = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify(field in answer ? { ...answer, [field]: '' } : answer);
}

/** One call is another's repeat when method, address and content are the same. A form's boundary is no content. */
async function hashCall({ request, body, secret }: OnceOptions): Promise<string> {
  const { pathname, search } = new URL(request.url);
  const hash = createHmac('sha256', secret).update(`${request.method} ${pathname}${search}\n`);
  const type = request.headers.get('content-type') ?? '';
  if (!type.toLowerCase().startsWith('multipart/form-data')) return hash.update(body).digest('hex');
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => null);
  if (!form) return hash.update(body).digest('hex');
  for (const [name, value] of form) {
    const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
    hash.update(JSON.stringify([name, typeof value === 'string' ? null : value.name, bytes.byteLength])).update(bytes);
  }
  return hash.digest('hex');
}

const PRUNE_EVERY_MS = 10 * 60_000;
let prunedAt = 0;

/** Now and then, beside a call that uses a key. */
function prune(db: Database): void {
  if (performance.now() - prunedAt < PRUNE_EVERY_MS && prunedAt !== 0) return;
  prunedAt = performance.now();
  dropOldKeys(db).catch(() => undefined);
}
