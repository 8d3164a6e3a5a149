import { html } from 'hono/html';
import type { Language } from '#contract/terms.ts';
import { pagePath } from '../addresses.ts';
import type { PageRow } from '../tables.ts';
import type { Html } from './render-text.ts';

/** A page that says why there is nothing at an address, and leads on where there is something. */
export function renderNotice({
  stylesheet,
  language,
  t,
  kind,
  page = null,
}: {
  stylesheet: string;
  language: Language;
  t: (key: string, params?: Record<string, unknown>) => string;
  kind: 'gone' | 'missing' | 'unknown';
  /** The page below which it was looked for. */
  page?: PageRow | null;
}): Html {
  const title = t(`${kind}.title`);
  return html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<main class="page narrow notice">
<h1>${title}</h1>
<p>${t(`${kind}.text`)}</p>
${page ? html`<p class="back"><a href="${pagePath(page.address)}">${t('more', { title: page.title })}</a></p>` : ''}
</main>
</body>
</html>
`;
}
