import type { AnyContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { contract } from '#contract/index.ts';
import { authRoutes } from '#server/platform/auth/index.ts';
import { generateInput, type KnownValues } from '#test/generate-input.ts';
import type { Seeded } from './seed-scan.ts';

/** One call as it goes over the wire, each place that a scanner shall try marked by a star behind it. */
export interface ScanRequest {
  name: string;
  method: string;
  /** Path and query. */
  target: string;
  headers: Record<string, string>;
  body: string | null;
}

/** A request for every operation of the contract and every address of sign-in, with all their fields. */
export function writeRequests(seeded: Seeded): ScanRequest[] {
  const all = [...listOperations(seeded), ...listSignIn(), writeCursor(seeded), writeHeaders(seeded)];
  // What makes an end of something comes last, so that there is something to try the others on.
  const ends = ({ name }: ScanRequest) =>
    /\.(remove|archive|revoke|end|endOthers|disconnect|takeDown|cancel)$/.test(name);
  return [...all.filter((request) => !ends(request)), ...all.filter(ends)];
}

function listOperations(seeded: Seeded): ScanRequest[] {
  return Object.entries(contract).flatMap(([group, each]) =>
    Object.entries(each as Record<string, AnyContractProcedure>).map(
      ([
        verb,
        {
          '~orpc': { route, inputSchema },
        },
      ]) => {
        const schema = inputSchema instanceof z.ZodType ? inputSchema : z.object({});
        const input = fillAll(schema, seeded);
        const method = route.method ?? 'POST';
        const path = (route.path ?? '').replace(/\{(\w+)\}/g, (_, name: string) => {
          const value = input[name];
          delete input[name];
          return `${encodeURIComponent(String(value))}*`;
        });
        const request = { name: `${group}.${verb}`, method, headers: { cookie: seeded.cookie } };
        if (method === 'GET') return { ...request, target: `/api${path}${writeQuery(input)}`, body: null };
        const file = Object.values(input).some((value) => value instanceof File);
        return { ...request, target: `/api${path}`, ...(file ? writeForm(input) : writeJson(input, request.headers)) };
      },
    ),
  );
}

/** A cursor is tried by itself; of the others there are none yet, or leaving them out keeps those that are there. */
const madeUp = new Set(['cursor', 'personaId', 'keyMessageId', 'variants']);

/** Every field of the input that can be there beside the others. */
function fillAll(schema: z.ZodType, seeded: Seeded): Record<string, unknown> {
  const known: KnownValues = {
    id: (name) => (name === 'workspaceId' ? seeded.workspaceId : (seeded.ids[name] ?? crypto.randomUUID())),
    field: (name) =>
      ({
        zone: 'Europe/Berlin',
        network: 'bluesky',
        revision: 1,
        deadlineOn: '2031-12-31',
        target: { kind: 'number', value: 100 },
        content: { parts: [{ text: 'Fresh bread' }] },
        values: { server: 'http://127.0.0.1', identifier: 'bakery.made.example', password: 'made up' },
      })[name],
  };
  const input = generateInput(schema, known);
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const name of Object.keys(properties)) {
    // What is made up here ends the call before anything else of it is looked at.
    if (name in input || madeUp.has(name)) continue;
    try {
      const more = generateInput(schema, known, [name]);
      if (name in more) input[name] = more[name];
    } catch {
      // It cannot stand beside the others, or nothing can be made up for it: the others are tried.
    }
  }
  return input;
}

function writeQuery(input: Record<string, unknown>): string {
  const pairs = Object.entries(input).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${name}=${encodeURIComponent(String(each))}*`),
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function writeJson(
  input: Record<string, unknown>,
  headers: Record<string, string>,
): Pick<ScanRequest, 'headers' | 'body'> {
  const body = JSON.stringify(input, (_, value: unknown) => (typeof value === 'string' ? `${value}*` : value));
  return { headers: { ...headers, 'content-type': 'application/json' }, body };
}

function writeForm(input: Record<string, unknown>): Pick<ScanRequest, 'headers' | 'body'> {
  const parts = Object.entries(input).map(([name, value]) =>
    value instanceof File
      ? `--scan\r\ncontent-disposition: form-data; name="${name}"; filename="${value.name}*"\r\ncontent-type: image/png\r\n\r\nno picture\r\n`
      : `--scan\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(value)}*\r\n`,
  );
  return { headers: { 'content-type': 'multipart/form-data; boundary=scan' }, body: `${parts.join('')}--scan--\r\n` };
}

/** Without a cookie: who signs in is nobody yet. */
function listSignIn(): ScanRequest[] {
  const texts: Record<string, string> = { email: 'mali@bakery.example', token: 'a-token-that-nobody-was-given' };
  return Object.entries(authRoutes).map(([name, { method, path, body }]) => {
    const fields = body === null ? [] : Object.keys(body.shape).filter((field) => field !== 'rememberMe');
    const input = Object.fromEntries(fields.map((field) => [field, texts[field] ?? 'sourdough at seven']));
    const request = { name: `sign-in.${name}`, method, target: `/api/auth${path}`, headers: {} };
    return method === 'GET'
      ? { ...request, target: `${request.target}?q=1*`, body: null }
      : { ...request, ...writeJson(input, {}) };
  });
}

/** A cursor, which is not a text of the caller's but one of ours. */
function writeCursor({ cookie, workspaceId }: Seeded): ScanRequest {
  const cursor = Buffer.from(JSON.stringify(['2026-01-01T00:00:00.000Z', crypto.randomUUID()])).toString('base64url');
  const target = `/api/workspaces/${workspaceId}/media?cursor=${cursor}*`;
  return { name: 'cursor', method: 'GET', target, headers: { cookie }, body: null };
}

/** What comes in headers: read by us on every call. */
function writeHeaders({ cookie }: Seeded): ScanRequest {
  const headers = {
    cookie: `${cookie}; goalpost_other=1*`,
    'user-agent': 'scan*',
    'accept-language': 'en*',
    'x-forwarded-for': '192.0.2.1*',
    'idempotency-key': 'scan*',
    referer: 'http://localhost/*',
  };
  return { name: 'headers', method: 'GET', target: '/api/me?q=1*', headers, body: null };
}
