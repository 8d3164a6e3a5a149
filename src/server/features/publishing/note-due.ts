import { noteNextDues } from '#server/features/channels/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findNextDues } from './delivery-store.ts';

/** Tells the register the next due time of these channels. */
export async function noteDue(tx: Tx, channelIds: readonly string[]): Promise<void> {
  if (channelIds.length > 0) await noteNextDues(tx, await findNextDues(tx, [...new Set(channelIds)]));
}
