import type { Context, Hono } from 'hono';
import { type Auth, type AuthRoute, authRoutes, isRegistrationOpen } from '../auth/index.ts';
import { type House, type Refusal, refuse } from '../context/index.ts';
import type { Texts } from '../texts/index.ts';
import { answerOnce } from './answer-once.ts';
import type { Operations } from './build-operations.ts';
import type { HttpEnv } from './call.ts';
import { describeApi } from './describe-api.ts';
import { findProblems } from './find-problems.ts';
import { findUnusableFields } from './find-unusable-fields.ts';
import { isOperation } from './is-operation.ts';
import { readBody } from './read-body.ts';
import { refusalResponse, toRefusal } from './refusal-body.ts';

export interface ApiOptions {
  house: House;
  auth: Auth;
  texts: Texts;
  operations: Operations;
  version: string;
}

/** Answers everything under /api: its description, sign-in, and the operations. */
export function answerApi(app: Hono<HttpEnv>, options: ApiOptions): void {
  app.use('/api/*', async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
  });
  app.get('/api/openapi.json', async (c) => {
    const { origin } = c.get('call').arrival;
    return Response.json(await describeApi({ origin, version: options.version }));
  });
  for (const route of Object.keys(authRoutes) as AuthRoute[]) {
    const { method, path } = authRoutes[route];
    app.on(method, `/api/auth${path}`, (c) => answerAuth(c, route, options));
  }
  app.get('/api/auth/registration', async () => {
    const open = await options.house.db.outside(isRegistrationOpen);
    return Response.json({ open });
  });
  app.all('/api/auth/*', () => refuse('operation-unknown'));
  app.all('/api/*', (c) => answerOperation(c, options));
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
  const text = new TextDecoder().decode(await readBody(request));
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
  const { house, auth, texts, operations } = options;
  const call = c.get('call');
  if (!isOperation(c.req.method, c.req.path)) refuse('operation-unknown');
  const { person, cookies } = await auth.findSignedIn(call.arrival);
  const answer = async (): Promise<Response> => {
    if (!person) refuse('signed-out');
    const { raw } = c.req;
    const hasBody = raw.method !== 'GET' && raw.method !== 'HEAD';
    const body = hasBody ? await readBody(raw) : new Uint8Array();
    const { url, method, headers } = raw;
    // The body is read by now: it is handed on as it was.
    const request = new Request(url, { method, headers, ...(body.byteLength > 0 ? { body } : {}) });
    return answerOnce({ db: house.db, actor: person.id, request, body }, async () => {
      const response = await operations(request, call, person);
      return response ?? refuse('operation-unknown');
    });
  };
  const response = await answer().catch((thrown: unknown) => {
    const refusal: Refusal = toRefusal(thrown, call.log);
    const language = person?.language ?? call.language;
    return refusalResponse(refusal, { texts, language, requestId: call.requestId });
  });
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}
