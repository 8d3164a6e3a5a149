import type { IncomingMessage, ServerResponse } from 'node:http';
import { Language } from '#contract/terms.ts';
import type { Config } from '#server/platform/config/index.ts';
import { isOurHost } from '#server/platform/http/index.ts';
import type { Log } from '#server/platform/log/index.ts';
import { chooseLanguage, createTexts } from '#server/platform/texts/index.ts';
import type { Cafes, OpenCafe } from './open-cafes.ts';
import { passOn } from './pass-on.ts';
import { doorwayPolicy, renderDoorway, renderEnd, renderMaking, renderStep } from './render-doorway.ts';

const cookieName = 'goalpost-demo';
const YEAR_S = 31_536_000;
/** A form of the doorway is shorter than this. */
const LONGEST_FORM = 1_000;

/**
 * The one address of the demo: the doorway at `/demo`, and behind it the café that the browser last entered. A browser
 * that has entered none is led to the doorway.
 */
export function createDoorway({ config, log, cafes }: { config: Config; log: Log; cafes: Cafes }) {
  const texts = createTexts();
  const secure = config.publicUrl.startsWith('https:');
  let latest: Language | null = cafes.listMade()[0] ?? null;

  return async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const url = URL.parse(asked.url ?? '/', 'http://doorway');
    if (!url || !isOurHost(config, asked.headers.host ?? '')) return void answer.writeHead(421).end();
    const { pathname } = url;
    if (pathname === '/demo' || pathname.startsWith('/demo/')) return answerDemo(asked, answer, url);
    // Nobody has a password for a café: the doorway signs in.
    if (pathname === '/sign-in' && asked.method === 'GET') return lead(answer, '/demo');
    const chosen = readLanguage(readCookie(asked)) ?? (pathname === '/' ? null : latest);
    if (chosen && cafes.listMade().includes(chosen)) {
      try {
        const { port } = await cafes.open(chosen);
        return passOn(asked, answer, { port, secure });
      } catch (error) {
        log.warn({ err: error }, 'a café does not answer');
      }
    }
    if (pathname === '/health' || pathname.startsWith('/health/'))
      return answerJson(answer, 200, { ok: true, demo: true, starting: false });
    const reads = pathname === '/' || asked.headers.accept?.includes('text/html') === true;
    if (asked.method === 'GET' && reads) return lead(answer, '/demo');
    answerJson(answer, 503, { code: 'no-cafe', message: 'No café is open. Open one at /demo.' });
  };

  async function answerDemo(asked: IncomingMessage, answer: ServerResponse, url: URL): Promise<void> {
    const wish = `${asked.method} ${url.pathname}`;
    const language =
      readLanguage(url.searchParams.get('language')) ??
      readLanguage(readCookie(asked)) ??
      chooseLanguage(asked.headers['accept-language']);
    if (wish === 'GET /demo' || wish === 'HEAD /demo') {
      return answerPage(answer, await renderDoorway(texts, { language, made: cafes.listMade(), problem: null }));
    }
    if (wish === 'GET /demo/enter') {
      if (!cafes.listMade().includes(language)) return lead(answer, `/demo?language=${language}`);
      return enter(asked, answer, language);
    }
    if (wish === 'POST /demo/open' || wish === 'POST /demo/anew') {
      if (!isFromHere(asked)) return void answer.writeHead(403).end();
      const form = new URLSearchParams(await readForm(asked));
      const wanted = readLanguage(form.get('language')) ?? language;
      if (url.pathname === '/demo/anew') await cafes.takeAway(wanted);
      if (cafes.listMade().includes(wanted)) return enter(asked, answer, wanted);
      return make(answer, wanted);
    }
    lead(answer, '/demo');
  }

  /** Signs the browser in as the café's owner, and leads it in. */
  async function enter(asked: IncomingMessage, answer: ServerResponse, language: Language): Promise<void> {
    try {
      const cookies = await signIn(asked, await cafes.open(language));
      latest = language;
      const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_S}${secure ? '; Secure' : ''}`;
      answer.writeHead(303, {
        location: '/',
        'cache-control': 'no-store',
        'set-cookie': [...cookies, `${cookieName}=${language}; ${flags}`],
      });
      answer.end();
    } catch (error) {
      log.warn({ err: error, language }, 'nobody came into the café');
      const problem = error instanceof Error ? error.message : String(error);
      answerPage(answer, await renderDoorway(texts, { language, made: cafes.listMade(), problem }), 502);
    }
  }

  /** By the café's own sign-in, as from the address by which the browser came. */
  async function signIn(asked: IncomingMessage, { port, owner }: OpenCafe): Promise<string[]> {
    const host = asked.headers.host ?? `127.0.0.1:${port}`;
    const answered = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': asked.headers['user-agent'] ?? '',
        'x-forwarded-for': asked.socket.remoteAddress ?? '127.0.0.1',
        'x-forwarded-host': host,
        'x-forwarded-proto': secure ? 'https' : 'http',
      },
      body: JSON.stringify(owner),
    });
    if (!answered.ok) throw new Error(`The café's owner could not sign in (${answered.status}).`);
    return answered.headers.getSetCookie();
  }

  /** Makes a café while the reader watches: the page grows as the making does. */
  async function make(answer: ServerResponse, language: Language): Promise<void> {
    answer.writeHead(200, pageHeaders);
    answer.write(await renderMaking(texts, language));
    let shown = 0;
    const show = (share: number) => {
      if (share - shown < 0.01) return;
      shown = share;
      void renderStep(texts, language, share).then((step) => answer.writableEnded || answer.write(step));
    };
    const problem = await cafes.open(language, show).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    answer.end(await renderEnd(texts, language, problem));
  }
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': doorwayPolicy,
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  // A proxy before us must not save the page up until it is whole.
  'x-accel-buffering': 'no',
};

function answerPage(answer: ServerResponse, page: string, status = 200): void {
  answer.writeHead(status, { ...pageHeaders, vary: 'accept-language, cookie' }).end(page);
}

function answerJson(answer: ServerResponse, status: number, body: object): void {
  answer
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

function lead(answer: ServerResponse, location: string): void {
  answer.writeHead(303, { location, 'cache-control': 'no-store' }).end();
}

/** A form of another site is not obeyed: browsers say where a form comes from. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || URL.parse(headers.origin)?.host === headers.host;
}

async function readForm(asked: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of asked) {
    text += String(chunk);
    if (text.length > LONGEST_FORM) return '';
  }
  return text;
}

function readCookie({ headers }: IncomingMessage): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookieName)?.[1] ?? null;
}

const readLanguage = (text: string | null): Language | null => Language.safeParse(text).data ?? null;
