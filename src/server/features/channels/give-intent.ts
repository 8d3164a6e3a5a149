import type { Tx } from '#server/platform/db/index.ts';
import { findChannel, updateChannelRow } from './channel-store.ts';

/** Says what a channel is for and how often it speaks, as far as nobody has said so yet. */
export async function giveIntent(
  tx: Tx,
  channelId: string,
  { purpose, cadencePerWeek, ownerId }: { purpose: string; cadencePerWeek: number; ownerId: string },
): Promise<void> {
  const channel = await findChannel(tx, channelId);
  if (!channel) return;
  await updateChannelRow(tx, channelId, channel.revision, {
    purpose: channel.purpose === '' ? purpose : channel.purpose,
    cadence_per_week: channel.cadence_per_week ?? cadencePerWeek,
    owner_id: channel.owner_id ?? ownerId,
  });
}
