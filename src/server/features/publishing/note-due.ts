import { noteNextDue } from '#server/features/channels/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findNextDue } from './delivery-store.ts';

/** Tells the register the next due time of these channels. */
export async function noteDue(tx: Tx, channelIds: readonly string[]): Promise<void> {
  for (const channelId of channelIds) await noteNextDue(tx, channelId, await findNextDue(tx, channelId));
}
