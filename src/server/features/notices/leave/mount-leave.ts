import type { Hono, Context as HonoContext } from 'hono';
import { html } from 'hono/html';
import type { Language } from '#contract/terms.ts';
import { findPerson, type Person } from '#server/platform/auth/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { HttpEnv } from '#server/platform/http/index.ts';
import { say } from '../words.ts';
import { readLeaveToken } from './leave-token.ts';
import { stopMails } from './stop-mails.ts';

/**
 * Serves the page that a mail's unsubscribe link opens, for whoever has the link, signed in or not. Looking changes
 * nothing, since programs open links too; a press, or a mail program's one-click POST (RFC 8058), stops the mails.
 */
export function mountLeave(app: Hono, house: House): void {
  const find = async (c: HonoContext): Promise<Person | null> => {
    const personId = readLeaveToken(house.vault, c.req.param('token') ?? '');
    return personId === null ? null : house.db.outside((tx) => findPerson(tx, personId));
  };
  app.get('/unsubscribe/:token', async (c) => {
    const person = await find(c);
    return answer(c, person ? 'ask' : 'unknown', person);
  });
  app.post('/unsubscribe/:token', async (c) => {
    const person = await find(c);
    if (person) await stopMails(house, person.id);
    return answer(c, person ? 'done' : 'unknown', person);
  });
}

function answer(c: HonoContext, kind: 'ask' | 'done' | 'unknown', person: Person | null): Response | Promise<Response> {
  const call = (c as unknown as HonoContext<HttpEnv>).get('call');
  const language: Language = person?.language ?? call.language;
  const t = (key: string) => say(language, `leave.${kind}.${key}`);
  const act = {
    ask: html`<form method="post"><button>${kind === 'ask' ? t('button') : ''}</button></form>`,
    done: html`<p><a href="/">${kind === 'done' ? t('button') : ''}</a></p>`,
    unknown: '',
  }[kind];
  const page = html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${t('title')} · Goalpost</title>
<style nonce="${call.styleNonce}">${look}</style>
</head>
<body>
<main>
<h1>${t('title')}</h1>
<p>${t('text')}</p>
${act}
</main>
</body>
</html>
`;
  return c.html(page, kind === 'unknown' ? 404 : 200, {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
}

const look = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px; color: light-dark(#23201b, #ece7dd); background: light-dark(#f7f4ee, #1b1a17); font: 1rem/1.7 'Noto Sans', 'Noto Sans Thai', system-ui, sans-serif; }
main { max-width: 34rem; margin: 10vh auto 0; padding: 32px; background: light-dark(#fffdf9, #25231f); border-radius: 12px; overflow-wrap: anywhere; }
h1 { margin: 0 0 8px; font-size: 1.5rem; line-height: 1.4; }
a { color: light-dark(#0f5f73, #7cc4d6); }
button { min-height: 44px; padding: 0 20px; color: light-dark(#ffffff, #0d2329); font: inherit; font-weight: 600; cursor: pointer; background: light-dark(#0f5f73, #7cc4d6); border: 0; border-radius: 8px; }
`;
