import type { House } from '#server/platform/context/index.ts';
import { deleteReadings, listWorkspacesWithOldReadings } from './reading-store.ts';

/** Readings older than this are gone; what they told is in the daily values, which are written with them. */
const KEEP_DAYS = 35;

/** Deletes what is past its time in every workspace and returns how many readings that was. */
export async function pruneReadings(house: House, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_DAYS * 24 * 3_600_000);
  let count = 0;
  for (const workspaceId of await house.db.across((tx) => listWorkspacesWithOldReadings(tx, before))) {
    count += await house.db.inWorkspace(workspaceId, (tx) => deleteReadings(tx, before));
  }
  return count;
}
