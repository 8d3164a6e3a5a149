import { html, raw } from 'hono/html';
import type { Letter } from '../context/context.ts';
import type { Texts } from '../texts/index.ts';
import { oneLine } from './one-line.ts';
import { writeNotices } from './write-notices.ts';
import type { WrittenLetter } from './written-letter.ts';

/** Writes a letter in its language: a subject of one line, plain text, and simple HTML that says the same. */
export function writeLetter(texts: Texts, letter: Letter): WrittenLetter {
  if (letter.template === 'notices') return writeNotices(texts, letter);
  const { language, template, params } = letter;
  const say = (part: string, more: Record<string, string> = {}): string => {
    const key = `mail:${template}.${part}`;
    return texts.has(key) ? oneLine(texts.t(language, key, { ...shown, ...more })) : '';
  };
  const shown = showParams(texts, { language, template, params } as Letter);
  const link = 'link' in params ? params.link : null;
  const subject = say('subject');
  const greeting = oneLine(texts.t(language, 'mail:greeting'));
  const signature = oneLine(texts.t(language, 'mail:signature'));
  const [body, button, after] = [say('body'), say('button'), say('after')];
  const lines = [greeting, body, ...(link ? [`${button}:\n${link}`] : []), after, `-- \n${signature}`];
  return {
    subject,
    text: `${lines.filter((line) => line !== '').join('\n\n')}\n`,
    html: String(html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#f6f5f2;color:#222;font:16px/1.6 'Noto Sans',system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:8px">
<p>${greeting}</p>
<p>${body}</p>
${
  link
    ? html`<p><a href="${link}" style="display:inline-block;padding:10px 18px;background:#1f5f4a;color:#fff;border-radius:6px;text-decoration:none">${button}</a></p>
<p style="color:#555;font-size:14px;word-break:break-all">${link}</p>`
    : raw('')
}
${after === '' ? raw('') : html`<p>${after}</p>`}
<p style="color:#555;font-size:14px">${signature}</p>
</div></body></html>
`),
  };
}

function showParams(texts: Texts, { language, params }: Letter): Record<string, string> {
  if ('said' in params) return { said: params.said };
  if (!('role' in params)) return {};
  return {
    workspaceName: params.workspaceName,
    inviterName: params.inviterName,
    role: texts.t(language, `mail:role.${params.role}`),
  };
}
