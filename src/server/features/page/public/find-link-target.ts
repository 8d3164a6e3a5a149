import type { Tx } from '#server/platform/db/index.ts';
import { isShortKey } from '../address.rules.ts';
import { findEntryByShort } from '../entry-store.ts';
import { linksOfEntry, linksOfPage } from '../name-link.ts';
import type { PageRow } from '../tables.ts';

/** Where a counted link leads, and what it counts for. */
export interface LinkTarget {
  name: string;
  url: string;
  /** Null for the page's own links. */
  entryKey: string | null;
}

/**
 * The target of a counted link, as long as the page or a post that is up shows it. Nothing in the request decides where
 * it leads, so it can send nobody anywhere the business did not name.
 */
export async function findLinkTarget(tx: Tx, page: PageRow, name: string): Promise<LinkTarget | null> {
  const [short = '', ofEntry] = name.split('.');
  const entry = ofEntry === undefined || !isShortKey(short) ? null : await findEntryByShort(tx, page.id, short);
  // An entry that was taken down says nothing, and so leads nowhere.
  const links = ofEntry === undefined ? linksOfPage(page.links) : entry ? linksOfEntry(entry) : [];
  const link = links.find((each) => each.name === name);
  if (!link || !URL.canParse(link.url)) return null;
  const { protocol, href } = new URL(link.url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return { name, url: href, entryKey: entry?.id ?? null };
}
