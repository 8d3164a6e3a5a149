import { html } from 'hono/html';
import type { Letter } from '../context/context.ts';
import type { Texts } from '../texts/index.ts';
import { oneLine } from './one-line.ts';
import type { WrittenLetter } from './written-letter.ts';

type NoticesLetter = Extract<Letter, { template: 'notices' }>;

/** Writes notices by workspace: what happened, what is safe, where to act; and how to hear less at the end. */
export function writeNotices(texts: Texts, { language, params }: NoticesLetter): WrittenLetter {
  const { settings, leave } = params;
  const signature = oneLine(texts.t(language, 'mail:signature'));
  const subject = oneLine(params.subject);
  const groups = params.groups.map(({ name, notices }) => ({
    name: oneLine(name),
    notices: notices.map((it) => ({ ...it, title: oneLine(it.title), text: oneLine(it.text) })),
  }));
  const said = groups.flatMap(({ name, notices }) => [
    `== ${name}`,
    ...notices.map(({ title, text, button, link }) => `${title}\n${text}\n${button}: ${link}`),
  ]);
  const foot = `-- \n${signature}\n${settings.label}: ${settings.link}\n${leave.label}: ${leave.link}`;
  return {
    subject,
    text: `${[...said, foot].join('\n\n')}\n`,
    html: String(html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#f7f4ee;color:#23201b;font:16px/1.6 'Noto Sans','Noto Sans Thai',system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#fffdf9;border-radius:8px">
${groups.map(
  ({ name, notices }) => html`<h1 style="margin:0 0 8px;font-size:18px">${name}</h1>
${notices.map(
  ({
    title,
    text,
    button,
    link,
  }) => html`<div style="margin:0 0 20px;padding:16px;background:#f0ebe1;border-radius:8px">
<p style="margin:0 0 4px"><strong>${title}</strong></p>
<p style="margin:0 0 12px">${text}</p>
<p style="margin:0"><a href="${link}" style="display:inline-block;padding:10px 18px;background:#0f5f73;color:#fff;border-radius:6px;text-decoration:none">${button}</a></p>
</div>`,
)}`,
)}
<p style="color:#544d43;font-size:14px">${signature}<br>
<a href="${settings.link}" style="color:#0f5f73">${settings.label}</a> · <a href="${leave.link}" style="color:#0f5f73">${leave.label}</a></p>
</div></body></html>
`),
  };
}
