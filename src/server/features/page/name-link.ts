import { createHash } from 'node:crypto';
import { findLinks } from '#connectors/kit/rules/index.ts';
import { shortKey } from './address.rules.ts';
import type { EntryRow, PageLinkRow } from './tables.ts';

/** A link as it stands in counted addresses: /p/<address>/go/<name>. */
export interface NamedLink {
  name: string;
  url: string;
}

const digest = (url: string): string =>
  createHash('sha256').update(url).digest('base64url').replace(/[-_]/g, '').slice(0, 10);

/** The counted name of one of the page's own links. It follows from the target, so it survives a change of order. */
export const namePageLink = (url: string): string => digest(url);

/** The counted name of a link in an entry; it begins with the entry's short key, so that it can be found again. */
export const nameEntryLink = (entryKey: string, url: string): string => `${shortKey(entryKey)}.${digest(url)}`;

export const linksOfPage = (links: readonly PageLinkRow[]): NamedLink[] =>
  links.map(({ url }) => ({ name: namePageLink(url), url }));

/** Every link that an entry shows: those in its text and that of its card. */
export function linksOfEntry(entry: Pick<EntryRow, 'id' | 'text' | 'link'>): NamedLink[] {
  const urls = findLinks(entry.text).flatMap(({ url }) => (url ? [url] : []));
  if (entry.link) urls.push(entry.link.url);
  return [...new Set(urls)].map((url) => ({ name: nameEntryLink(entry.id, url), url }));
}
