import type { Context, Hono } from 'hono';
import { policy } from '#contract/policy.ts';
import { type Auth, type AuthRoute, authRoutes, isFirst, placeOf, readRegistration } from '../auth/index.ts';
import { type House, Refusal, refuse } from '../context/index.ts';
import type { Live } from '../live/index.ts';
import type { Texts } from '../texts/index.ts';
import type { FindMembership } from './admit-call.ts';
import { answerLive } from './answer-live.ts';
import { answerOnce } from './answer-once.ts';
import type { Operations } from './build-operations.ts';
import type { Call, HttpEnv } from './call.ts';
import { describeApi } from './describe-api.ts';
import { findOperation, readAddressId } from './find-operation.ts';
import { findProblems } from './find-problems.ts';
import { findUnusableFields } from './find-unusable-fields.ts';
import { identifyCaller, type KeyRing } from './identify-caller.ts';
import type { LimitedKind, Limiter } from './rate-limits.ts';
import { readBody } from './read-body.ts';
import { refusalResponse, toRefusal } from './refusal-body.ts';
import { serveApiDocs } from './serve-api-docs.ts';

export interface ApiOptions {
  house: House;
  auth: Auth;
  texts: Texts;
  operations: Operations;
  keys: KeyRing;
  limiter: Limiter;
  findMembership: FindMembership;
  live: Live;
  version: string;
}

/** Answers everything under /api: its description, sign-in, and the operations. */
export function answerApi(app: Hono<HttpEnv>, options: ApiOptions): void {
  serveApiDocs(app);
  app.use('/api/*', async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
  });
  app.use('/api/*', async (c, next) => {
    // Operations are counted when it is known who calls.
    if (!findOperation(c.req.method, c.req.path)) countCall(c.get('call'), 'address', options.limiter);
    await next();
  });
  app.get('/api/openapi.json', async (c) => {
    const { origin } = c.get('call').arrival;
    return Response.json(await describeApi({ origin, version: options.version }));
  });
  for (const route of Object.keys(authRoutes) as AuthRoute[]) {
    const { method, path } = authRoutes[route];
    app.on(method, `/api/auth${path}`, (c) => answerAuth(c, route, options));
  }
  app.get('/api/auth/registration', (c) => answerRegistration(c.get('call'), options.house));
  app.all('/api/auth/*', () => refuse('operation-unknown'));
  answerLive(app, options);
  app.all('/api/*', (c) => answerOperation(c, options));
}

/** Who may sign up: nobody yet has (`first`), only who was invited, or everybody; and whether the call came by https. */
async function answerRegistration({ arrival }: Call, { db }: House): Promise<Response> {
  const { first, mode } = await db.outside(async (tx) => ({
    first: await isFirst(tx),
    mode: await readRegistration(tx),
  }));
  // `open`: the first person signs up before anybody can sign in.
  return Response.json({ open: first, first, mode, secure: arrival.secure });
}

async function answerAuth(c: Context<HttpEnv>, route: AuthRoute, { auth }: ApiOptions): Promise<Response> {
  const { arrival } = c.get('call');
  const { body, cookies } = await auth.answer(route, await readAuthBody(c.req.raw, route), arrival);
  const response = Response.json(body);
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

async function readAuthBody(request: Request, route: AuthRoute): Promise<Record<string, unknown>> {
  const schema = authRoutes[route].body;
  if (schema === null) return {};
  const text = new TextDecoder().decode(await readBody(request, { takesFile: false }));
  let raw: unknown;
  try {
    raw = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    refuse('input-invalid', { problems: [{ field: '', code: 'malformed' }] });
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) refuse('input-invalid', { problems: findProblems(parsed.error.issues, raw) });
  const unusable = findUnusableFields(raw, parsed.data);
  if (unusable.length > 0) refuse('input-invalid', { problems: unusable });
  return parsed.data;
}

async function answerOperation(c: Context<HttpEnv>, options: ApiOptions): Promise<Response> {
  const { house, texts, operations, limiter } = options;
  const call = c.get('call');
  const found = findOperation(c.req.method, c.req.path) ?? refuse('operation-unknown');
  const operation = found.name;
  const { caller, cookies } = await identifyCaller(options, call.arrival).catch((thrown: unknown) => {
    // Guessing at keys is counted as calls by nobody.
    if (thrown instanceof Refusal) countCall(call, 'address', limiter);
    throw thrown;
  });
  const answer = async (): Promise<Response> => {
    if (!caller) countCall(call, 'address', limiter);
    else if (caller.key) countCall(call, 'key', limiter, caller.key.id);
    else countCall(call, 'person', limiter, caller.person.id);
    if (!caller && policy[operation] !== 'anyone') refuse('signed-out');
    const { raw } = c.req;
    const hasBody = raw.method !== 'GET' && raw.method !== 'HEAD';
    const body = hasBody ? await readBody(raw, { takesFile: found.takesFile && caller !== null }) : new Uint8Array();
    const { url, method, headers } = raw;
    // The body is read by now: it is handed on as it was.
    const request = new Request(url, { method, headers, ...(body.byteLength > 0 ? { body } : {}) });
    const run = async () => (await operations.answer(request, call, caller)) ?? refuse('operation-unknown');
    if (!caller) return run();
    const actor = caller.key ? `key:${caller.key.id}` : caller.person.id;
    const workspaceId = readAddressId(operation, c.req.path, 'workspaceId');
    const assertStillMay = () => operations.admit(call, caller, operation, workspaceId);
    return answerOnce(
      {
        db: house.db,
        secret: house.vault.derive('fingerprints of calls'),
        actor,
        request,
        body,
        operation,
        assertStillMay,
      },
      run,
    );
  };
  const response = await answer().catch((thrown: unknown) => {
    const refusal: Refusal = toRefusal(thrown, call.log);
    const language = caller?.person.language ?? call.language;
    return refusalResponse(refusal, { texts, language, requestId: call.requestId });
  });
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

function countCall(call: Call, kind: LimitedKind, limiter: Limiter, id = placeOf(call.arrival.address)): void {
  call.standing = limiter.take(kind, id);
  const { retryAfterSeconds } = call.standing;
  if (retryAfterSeconds !== null) refuse('too-many-attempts', { params: { retryAfterSeconds } });
}
