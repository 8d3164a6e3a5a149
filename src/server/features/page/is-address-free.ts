import type { Database } from '#server/platform/db/index.ts';
import { isFreeForPages } from './address.rules.ts';
import { findPlaceByAddress } from './page-store.ts';

/** May this workspace's page have the address? Addresses it once had are its own. */
export async function isAddressFree(db: Database, workspaceId: string, address: string): Promise<boolean> {
  if (!isFreeForPages(address)) return false;
  const place = await findPlaceByAddress(db, address);
  return place === null || place.workspaceId === workspaceId;
}
