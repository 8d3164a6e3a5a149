import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { type Language, languages } from '#contract/terms.ts';
import type { Texts } from '#server/platform/texts/index.ts';

/** What the doorway shows. */
export interface Doorway {
  language: Language;
  /** Cafés that are there already. */
  made: readonly Language[];
  /** What went wrong last time, in words for a log. */
  problem: string | null;
}

/** Languages as they call themselves. */
const ownNames: Record<Language, string> = {
  en: 'English',
  th: 'ไทย',
  vi: 'Tiếng Việt',
  id: 'Bahasa Indonesia',
  eo: 'Esperanto',
};

const style = `
:root { color-scheme: light dark; --paper: #f7f4ee; --sheet: #fffdf9; --ink: #23201b; --quiet: #544d43; --line: #e2dbcd; --accent: #0f5f73; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1a17; --sheet: #25231f; --ink: #ece7dd; --quiet: #bdb5a6; --line: #3b3731; --accent: #7cc4d6; --on-accent: #10252b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.65 system-ui, 'Noto Sans', 'Noto Sans Thai', sans-serif; }
main { max-width: 38rem; margin: 0 auto; padding: clamp(2rem, 9vh, 6rem) 1.25rem 3rem; }
h1 { font-size: clamp(1.75rem, 5vw, 2.375rem); line-height: 1.35; margin: 0 0 .75rem; }
p { margin: 0 0 1rem; }
.quiet { color: var(--quiet); }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem; margin: 1.5rem 0; }
nav { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0 0 2rem -.75rem; }
nav a { padding: .4rem .75rem; min-height: 2.75rem; display: inline-flex; align-items: center; border-radius: 8px; color: var(--ink); }
nav a[aria-current] { background: var(--sheet); box-shadow: inset 0 0 0 1px var(--line); text-decoration: none; font-weight: 600; }
button, .button { font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1.5rem; border-radius: 10px; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; }
button.plain { background: transparent; color: var(--ink); border-color: var(--line); font-weight: 500; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
form { margin: 0 0 .75rem; }
progress { width: 100%; height: 1rem; accent-color: var(--accent); }
.steps > div:has(+ div) { display: none; }
ul { padding-left: 1.2rem; margin: 0 0 1rem; }
`;

/** The policy of the doorway: its own style, its own forms, nothing else. */
export const doorwayPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const say =
  (texts: Texts, language: Language) =>
  (key: string, params: Record<string, unknown> = {}) =>
    texts.t(language, `demo:doorway.${key}`, params);

function head(language: Language, title: string) {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>`;
}

/** The first page of the demo: what this is, and the door to the café, in the reader's language. */
export async function renderDoorway(texts: Texts, { language, made, problem }: Doorway): Promise<string> {
  const t = say(texts, language);
  const isMade = made.includes(language);
  const page = html`${head(language, t('title'))}
<nav aria-label="${t('languages')}">${languages.map(
    (each) =>
      html`<a href="/demo?language=${each}" lang="${each}" hreflang="${each}" ${each === language ? raw('aria-current="true"') : ''}>${ownNames[each]}</a>`,
  )}</nav>
<h1>${t('title')}</h1>
<p>${t('lead')}</p>
${problem === null ? '' : html`<div class="sheet" role="alert"><p><strong>${t('failed')}</strong></p><p class="quiet">${problem}</p></div>`}
<form method="post" action="/demo/open">
<input type="hidden" name="language" value="${language}">
<button>${isMade ? t('openAgain') : t('open')}</button>
</form>
<p class="quiet">${isMade ? t('asLeft') : t('takesAMinute')}</p>
<div class="sheet">
<p><strong>${t('insideTitle')}</strong></p>
<ul><li>${t('inside.history')}</li><li>${t('inside.real')}</li><li>${t('inside.misbehave')}</li></ul>
<p class="quiet">${t('apart')}</p>
</div>
${
  isMade
    ? html`<form method="post" action="/demo/anew">
<input type="hidden" name="language" value="${language}">
<p class="quiet">${t('anewHint')}</p>
<button class="plain">${t('anew')}</button>
</form>`
    : ''
}
</main>
</body>
</html>`;
  return String(await page);
}

/** The page of a café that is being made: its beginning; each step follows as it comes. */
export async function renderMaking(texts: Texts, language: Language): Promise<string> {
  const t = say(texts, language);
  return String(
    await html`${head(language, t('making'))}
<h1>${t('making')}</h1>
<p>${t('makingLead')}</p>
<div class="steps">
${raw(await renderStep(texts, language, 0))}`,
  );
}

/** How far the making is, 0 to 1. */
export async function renderStep(texts: Texts, language: Language, share: number): Promise<string> {
  const t = say(texts, language);
  const percent = Math.floor(share * 100);
  const week = Math.min(13, Math.floor(share * 13) + 1);
  return String(
    await html`<div><progress max="100" value="${percent}" aria-label="${t('making')}"></progress><p class="quiet">${t('week', { week, of: 13 })}</p></div>
`,
  );
}

/** The end of that page: the way into the café, or what went wrong. */
export async function renderEnd(texts: Texts, language: Language, problem: string | null): Promise<string> {
  const t = say(texts, language);
  const end =
    problem === null
      ? html`<div role="status"><p><a class="button" href="/demo/enter?language=${language}">${t('enter')}</a></p></div>
<meta http-equiv="refresh" content="0;url=/demo/enter?language=${language}">`
      : html`<div role="alert"><p><strong>${t('failed')}</strong></p><p class="quiet">${problem}</p><p><a class="button" href="/demo?language=${language}">${t('back')}</a></p></div>`;
  return String(await html`${end}</div></main></body></html>`);
}
