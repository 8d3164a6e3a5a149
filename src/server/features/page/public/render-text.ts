import { html } from 'hono/html';
import { findLinks } from '#connectors/kit/rules/index.ts';
import { cutPoint } from './excerpt.rules.ts';
import { findPhones } from './find-phones.rules.ts';

/** Markup that is escaped already. */
export type Html = ReturnType<typeof html>;

/**
 * Writes plain text with its links and telephone numbers made pressable; everything else in it stays text. `to` gives
 * the address a link leads to. `isWhole` is false when the text was cut to about `max` UTF-16 units.
 */
export function renderText(
  text: string,
  { to, max = Number.POSITIVE_INFINITY }: { to: (url: string) => string; max?: number },
): { body: Html[]; isWhole: boolean } {
  const links = findLinks(text);
  const phones = findPhones(text).filter(
    (phone) => !links.some((link) => link.start < phone.end && phone.start < link.end),
  );
  const pressable = [
    ...links.flatMap(({ url, ...link }) =>
      url === null ? [] : [{ ...link, html: html`<a href="${to(url)}">${showAddress(link.text)}</a>` }],
    ),
    ...phones.map((phone) => ({ ...phone, html: html`<a class="phone" href="${phone.url}">${phone.text}</a>` })),
  ].toSorted((a, b) => a.start - b.start);
  const end = cutPoint(text, max, [...links, ...phones]);
  const body: Html[] = [];
  let at = 0;
  for (const it of pressable) {
    if (it.end > end) continue;
    body.push(html`${text.slice(at, it.start)}${it.html}`);
    at = it.end;
  }
  const isWhole = end === text.length;
  body.push(html`${text.slice(at, end).trimEnd()}${isWhole ? '' : '…'}`);
  return { body, isWhole };
}

/** An address as people read it: without scheme, and not longer than a line. */
function showAddress(written: string): string {
  const short = written.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return short.length > 48 ? `${[...short].slice(0, 46).join('')}…` : short;
}
