import { html } from 'hono/html';
import { findLinks } from '#connectors/kit/rules/index.ts';
import { cutPoint } from './excerpt.rules.ts';

/** Markup that is escaped already. */
export type Html = ReturnType<typeof html>;

/**
 * Writes plain text with its links made pressable; everything else in it stays text. `to` gives the address a link
 * leads to. `isWhole` is false when the text was cut to about `max` UTF-16 units.
 */
export function renderText(
  text: string,
  { to, max = Number.POSITIVE_INFINITY }: { to: (url: string) => string; max?: number },
): { body: Html[]; isWhole: boolean } {
  const links = findLinks(text);
  const end = cutPoint(text, max, links);
  const body: Html[] = [];
  let at = 0;
  for (const link of links) {
    if (link.url === null || link.end > end) continue;
    body.push(html`${text.slice(at, link.start)}<a href="${to(link.url)}">${showAddress(link.text)}</a>`);
    at = link.end;
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
