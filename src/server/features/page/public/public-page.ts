import { getZone } from '#server/features/team/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findPage, findPlaceByAddress } from '../page-store.ts';
import type { EntryRow, PageRow } from '../tables.ts';

/** A page as visitors see it, and where its days begin. */
export interface PublicPage {
  workspaceId: string;
  page: PageRow;
  zone: string;
}

/** A first part with the parts beneath it. */
export interface Thread {
  first: EntryRow;
  beneath: EntryRow[];
}

/**
 * Does some reading on the page that has this address. `unknown` when there is none; `moved` when the page has another
 * address by now.
 */
export async function onPublicPage<T>(
  house: Pick<House, 'db'>,
  address: string,
  work: (tx: Tx, found: PublicPage) => Promise<T>,
): Promise<
  { state: 'unknown' } | { state: 'moved'; address: string } | { state: 'found'; found: PublicPage; value: T }
> {
  const place = await findPlaceByAddress(house.db, address);
  if (!place) return { state: 'unknown' };
  const { workspaceId } = place;
  return house.db.inWorkspace(workspaceId, async (tx) => {
    const page = await findPage(tx);
    if (page?.id !== place.pageId) return { state: 'unknown' };
    if (page.address !== address) return { state: 'moved', address: page.address };
    const found: PublicPage = { workspaceId, page, zone: await getZone(tx) };
    return { state: 'found', found, value: await work(tx, found) };
  });
}
