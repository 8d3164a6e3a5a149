import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Answer } from '../answer.ts';
import { answerPage } from '../pages/answer-page.ts';
import { renderControl } from '../pages/render-control.ts';
import { renderNotice } from '../pages/render-notice.ts';
import { chooseWords } from '../pages/words.ts';
import { readBody } from '../read-body.ts';
import { ApiRefusal } from '../refusal.ts';
import { type Controls, controlVerbs } from './control-verbs.ts';
import { nameMisbehaviour } from './presets.ts';

const cookieName = 'practice-control';
/** Lines of the ledger that a program is shown, newest first. */
const linesShown = 50;

/**
 * The way to make the network misbehave: for programs with the secret as bearer token, for people with a cookie that
 * they get by opening `/control?secret=…` once. A form of another site is refused by the cookie's kind and the origin.
 */
export async function answerControl(
  controls: Controls,
  secret: string,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  const words = chooseWords(request.headers['accept-language']);
  const asked = url.searchParams.get('secret');
  if (request.method === 'GET' && url.pathname === '/control' && asked !== null && isSame(asked, secret)) {
    const cookie = `${cookieName}=${secret}; Path=/control; HttpOnly; SameSite=Strict`;
    return { status: 303, headers: { location: '/control', 'set-cookie': cookie }, body: '' };
  }
  const byToken = isSame(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '', secret);
  const byCookie = isSame(readCookie(request), secret) && isSameOrigin(request, url);
  if (!byToken && !byCookie) {
    if (request.method !== 'GET') throw new ApiRefusal(401, 'secret-missing', 'Send the control secret.');
    return answerPage(401, await renderNotice(words, words.controlClosed));
  }
  const verb = controlVerbs[/^\/control\/([a-z-]+)$/.exec(url.pathname)?.[1] ?? ''];
  if (request.method === 'GET' && url.pathname === '/control') {
    return byToken ? presentControl(controls) : answerPage(200, await renderControl(words, controls.network));
  }
  if (request.method !== 'POST' || !verb) throw new ApiRefusal(404, 'not-found', 'There is no such control.');
  const bytes = await readBody(request, 1_000_000);
  const done = verb(controls, readFields(request, bytes));
  return byToken ? { status: 200, body: done } : { status: 303, headers: { location: '/control' }, body: '' };
}

/** Everything that control shows, for programs. */
function presentControl({ network }: Controls): Answer {
  const accounts = network.accounts.list();
  const orders = network.orders.list().map((it) => ({ ...it, name: nameMisbehaviour(it.misbehaviour) }));
  const { skewMs } = network.clock;
  const { posts, calls } = network;
  const ledger = posts.latestLines(linesShown);
  return { status: 200, body: { accounts, orders, calls, skewMs, ledgerFile: posts.ledgerFile, ledger } };
}

function readFields(request: IncomingMessage, bytes: Buffer): unknown {
  if (request.headers['content-type']?.startsWith('application/json') !== true) {
    return Object.fromEntries(new URLSearchParams(bytes.toString()));
  }
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new ApiRefusal(400, 'not-json', 'The body is no JSON.');
  }
}

function readCookie({ headers }: IncomingMessage): string {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookieName)?.[1] ?? '';
}

const isSameOrigin = ({ method, headers }: IncomingMessage, url: URL): boolean =>
  method === 'GET' || headers.origin === url.origin;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
