import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Hono } from 'hono';
import { type Auth, type ClaimInvitation, createAuth, mailedLinkOrigin } from '../auth/index.ts';
import { Refusal } from '../context/index.ts';
import { createLive } from '../live/index.ts';
import { chooseLanguage, createTexts, type Texts } from '../texts/index.ts';
import { answerApi } from './answer-api.ts';
import { buildOperations, type OperationsOptions } from './build-operations.ts';
import type { Call, HttpEnv } from './call.ts';
import { assertOwnSite, isOurHost } from './check-arrival.ts';
import { findCaller } from './find-caller.ts';
import { bringsKey } from './identify-caller.ts';
import { type Listening, listen } from './listen.ts';
import { createLimiter, defaultLimits, type Limits, setLimitHeaders } from './rate-limits.ts';
import { refusalResponse, toRefusal } from './refusal-body.ts';
import { makeNonce, setSecurityHeaders } from './security-headers.ts';
import { serveWeb } from './serve-web.ts';

export interface HttpOptions extends Omit<OperationsOptions, 'texts'> {
  /** Lets the holder of an invitation open an account. */
  claimInvitation: ClaimInvitation;
  /** Made here unless given. */
  texts?: Texts;
  /** Answers `GET /health`: 200 when `ok`, else 503; and `GET /health/ready`: 200 when this process can answer calls. */
  health: () => Promise<{ ok: boolean; ready: boolean } & Record<string, unknown>>;
  /** Mount what has addresses of its own: public pages, pictures. */
  extra?: readonly ((app: Hono) => void)[];
  /** Where the built interface lies. */
  webFolder?: string;
  version?: string;
  /** How many calls each caller may make in a time; what is right for people unless given. */
  limits?: Limits;
}

/** The house's face to the world. */
export interface HttpFace {
  app: Hono<HttpEnv>;
  auth: Auth;
  texts: Texts;
  listen(at?: { host: string; port: number }): Promise<Listening>;
}

/** Makes the one HTTP face: API, sign-in, public addresses and the interface, behind the same checks and headers. */
export function createHttp(options: HttpOptions): HttpFace {
  const { house } = options;
  const texts = options.texts ?? createTexts();
  const secret = Buffer.from(house.vault.derive('session signature')).toString('base64');
  const { db, log, jobs } = house;
  const auth = createAuth({
    db,
    log,
    jobs,
    secret,
    linkOrigin: (caller) => mailedLinkOrigin(house.config, caller),
    claimInvitation: options.claimInvitation,
  });
  const app = new Hono<HttpEnv>();
  receive(app, options, texts);
  const answerHealth = (body: object, isWell: boolean) =>
    Response.json(body, { status: isWell ? 200 : 503, headers: { 'cache-control': 'no-store' } });
  app.get('/health', async () => {
    const { ready: _, ...health } = await options.health();
    return answerHealth(health, health.ok);
  });
  // A process that answers this lives; whether anything else does is no reason to end it.
  app.get('/health/live', () => answerHealth({ ok: true }, true));
  app.get('/health/ready', async () => {
    const { ready } = await options.health();
    return answerHealth({ ok: ready }, ready);
  });
  for (const mount of options.extra ?? []) mount(app as unknown as Hono);
  const operations = buildOperations({ ...options, texts });
  const limiter = createLimiter(options.limits ?? defaultLimits);
  const standing = async () => {
    const { ok, workers, overdue } = await options.health();
    return JSON.stringify({ ok, workers, overdue });
  };
  const live = createLive({ db, log, standing });
  const { keys, findMembership, version = '0' } = options;
  answerApi(app, { house, auth, texts, operations, keys, limiter, findMembership, live, version });
  answerWeb(app, options.webFolder ?? builtWeb, texts);
  return {
    app,
    auth,
    texts,
    listen: async (at = house.config) => {
      const listening = await listen(app, at);
      // Who only listens ends first: nothing waits for a stream that would never end by itself.
      const close = (graceMs?: number) => live.close().then(() => listening.close(graceMs));
      return { ...listening, close };
    },
  };
}

const builtWeb = path.join(import.meta.dirname, '../../../../dist/web');

const isHealth = (path: string): boolean => path === '/health' || path.startsWith('/health/');

/** What kind of address it was, for the figures: a short list, whatever is asked for. */
const kindOf = (path: string): string =>
  ['/api/auth/', '/api/', '/media/', '/health', '/metrics'].find((start) => path.startsWith(start)) ?? 'page';

/** What happens to every request before and after its route: who, whence, headers, log, and whatever was thrown. */
function receive(app: Hono<HttpEnv>, { house }: HttpOptions, texts: Texts): void {
  const { config } = house;
  const mediaOrigin = config.mediaUrl === config.publicUrl ? null : config.mediaUrl;
  app.use(async (c, next) => {
    const startedAt = performance.now();
    const { remoteAddress = '127.0.0.1', localPort } = c.env?.incoming?.socket ?? {};
    const arrival = findCaller(config, c.req.raw.headers, remoteAddress, localPort);
    const requestId = randomUUID();
    const language = chooseLanguage(c.req.header('accept-language'));
    const styleNonce = makeNonce();
    const call: Call = { requestId, arrival, language, styleNonce, log: house.log.child({ requestId }) };
    c.set('call', call);
    // Those who watch over a machine ask by whatever name they have.
    if (!isHealth(c.req.path) && !isOurHost(config, arrival.host))
      c.res = new Response(texts.t(language, 'server:host-unknown', { host: arrival.host }), { status: 421 });
    else await next();
    setSecurityHeaders(c.res.headers, { nonce: styleNonce, secure: arrival.secure, mediaOrigin });
    c.res.headers.set('x-request-id', requestId);
    if (call.standing) setLimitHeaders(c.res.headers, call.standing);
    const { method, path } = c.req;
    const { status } = c.res;
    const { operation } = call;
    const durationMs = Math.round(performance.now() - startedAt);
    house.metrics.countCall({ operation: operation ?? kindOf(path), status, durationMs });
    call.log.info({ method, path, status, durationMs, ...(operation ? { operation } : {}) }, 'answered');
  });
  app.use(async (c, next) => {
    const { arrival } = c.get('call');
    // Another site's page cannot send a key; where cookies come along, they may be what is believed.
    if (!bringsKey(arrival.headers) || arrival.headers.has('cookie')) assertOwnSite(c.req.method, arrival);
    await next();
  });
  app.onError((thrown, c) => {
    const { language, requestId, log } = c.get('call');
    return refusalResponse(toRefusal(thrown, log), { texts, language, requestId });
  });
}

function answerWeb(app: Hono<HttpEnv>, folder: string, texts: Texts): void {
  const web = serveWeb(folder);
  app.get('*', (c) => {
    const { styleNonce, language, requestId } = c.get('call');
    const file = web.file(c.req.path, c.req.raw.headers);
    if (file) return file;
    // Who only asks whether something is here (a monitor, a curious person) gets the page too. No screen's address looks
    // like that of a file: who asks for one that is not here is told so.
    const isFile = /[.~][^/]*$/.test(c.req.path);
    if (isFile || (c.req.path !== '/' && !c.req.header('accept')?.includes('text/html')))
      return refusalResponse(new Refusal('not-found'), { texts, language, requestId });
    return web.page(styleNonce) ?? c.text(texts.t(language, 'server:web-missing'), 503);
  });
  app.notFound((c) => {
    const { language, requestId } = c.get('call');
    return refusalResponse(new Refusal('operation-unknown'), { texts, language, requestId });
  });
}
