import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../answer.ts';
import { matchPath } from '../match-path.ts';
import type { Network } from '../network.ts';
import { largestVideoBytes } from '../open-media.ts';
import type { CallKind, Misbehaviour } from '../orders.ts';
import { readBody } from '../read-body.ts';
import { ApiRefusal } from '../refusal.ts';
import type { Ask } from './ask.ts';
import { refuseBefore, shapeRefusal, spoilAfter } from './misbehave.ts';
import { accountRoutes, openRoutes } from './routes.ts';

/** Calls that are remembered. */
const callsKept = 1_000;

/**
 * Answers one call of the API: as it should, unless an order says otherwise. Throws `ApiRefusal` for a call that no
 * order can be meant for.
 */
export async function answerApi(network: Network, request: IncomingMessage, url: URL): Promise<Answer> {
  const found = findRoute(request.method ?? 'GET', url.pathname);
  if (!found) throw new ApiRefusal(404, 'not-found', 'There is no such call.');
  const bytes = await readBody(request, largestVideoBytes + 100_000);
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  const ask: Ask = {
    network,
    origin: url.origin,
    params: found.params,
    query: url.searchParams,
    headers: request.headers,
    bytes,
    json: isJson ? parseJson(bytes) : undefined,
    work: null,
    isCut: false,
  };
  if (found.kind === 'open') {
    const { route } = found;
    return obey(ask, { call: callOf(route, ask), handle: route.handle(ask) }, (it) => route.run(it));
  }
  const { route } = found;
  const signedIn = network.accounts.findByToken(readToken(request));
  if (!signedIn) throw new ApiRefusal(401, 'token-invalid', 'This access token is not known.');
  const { account, isExpired } = signedIn;
  if (isExpired) {
    note(network, { account: account.handle, call: callOf(route, ask), status: 401 });
    throw new ApiRefusal(401, 'token-expired', 'This access token has expired.');
  }
  return obey(ask, { call: callOf(route, ask), handle: account.handle }, (it) => route.run(it, account));
}

/** Does the call under the orders that hold for it. */
async function obey(
  ask: Ask,
  { call, handle }: { call: CallKind | null; handle: string | null },
  run: (ask: Ask) => Answer,
): Promise<Answer> {
  const { network } = ask;
  const orders = call === null ? [] : network.orders.take({ account: handle, call });
  const slow = orders.find((it) => it.kind === 'slow');
  if (slow) await sleep(slow.ms);
  const order = orders.find((it) => it.kind !== 'slow');
  const given = decide(ask, order, run);
  const status = given.manner === 'dropped' || given.manner === 'reset' ? null : given.status;
  note(network, { account: handle, call, status });
  return given;
}

function note(
  { calls }: Network,
  { account, call, status }: { account: string | null; call: CallKind | null; status: number | null },
): void {
  if (call === null) return;
  calls.push({ at: new Date().toISOString(), account, call, status });
  calls.splice(0, calls.length - callsKept);
}

function decide(ask: Ask, order: Misbehaviour | undefined, run: (ask: Ask) => Answer): Answer {
  if (!order) return attempt(ask, run);
  const refused = refuseBefore(order, new Date(Date.now() + ask.network.clock.skewMs));
  if (refused) return refused;
  const work = order.kind === 'processing' ? { asks: order.asks, ends: order.ends } : null;
  return spoilAfter(order, attempt({ ...ask, work, isCut: order.kind === 'cut-upload' }, run));
}

/** Runs the call; its refusal is an answer here, so that it is counted like any other. */
function attempt(ask: Ask, run: (ask: Ask) => Answer): Answer {
  try {
    return run(ask);
  } catch (error) {
    if (error instanceof ApiRefusal) return shapeRefusal(error.status, error.error, error.message, error.more);
    throw error;
  }
}

function findRoute(method: string, path: string) {
  for (const route of openRoutes) {
    const params = route.method === method ? matchPath(route.path, path) : null;
    if (params) return { kind: 'open' as const, route, params };
  }
  for (const route of accountRoutes) {
    const params = route.method === method ? matchPath(route.path, path) : null;
    if (params) return { kind: 'account' as const, route, params };
  }
  return null;
}

const callOf = ({ call }: (typeof accountRoutes | typeof openRoutes)[number], ask: Ask): CallKind | null =>
  typeof call === 'function' ? call(ask) : call;

function readToken(request: IncomingMessage): string {
  const token = /^Bearer (.{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new ApiRefusal(401, 'token-missing', 'Send an access token.');
  return token;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new ApiRefusal(400, 'not-json', 'The body is no JSON.');
  }
}
