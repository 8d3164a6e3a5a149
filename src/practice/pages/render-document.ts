import { html } from 'hono/html';
import type { Words } from './words.ts';

/** Markup that is escaped already. */
export type Html = ReturnType<typeof html>;

/** A whole page of the network. */
export async function renderDocument(words: Words, title: string, body: Html): Promise<string> {
  return String(
    await html`<!doctype html>
<html lang="${words.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">${words.title}</a> <a href="/control">${words.control}</a></header>
<main>
${body}
</main>
</body>
</html>
`,
  );
}
