import type { Tx } from '#server/platform/db/index.ts';
import { findChannel, updateChannelRow } from './channel-store.ts';
import { renameConnection } from './connection-store.ts';

/** Tells the register that a channel which Goalpost itself serves has another name or address now. */
export async function renameOwnChannel(
  tx: Tx,
  channelId: string,
  { name, handle, address }: { name: string; handle: string; address: string },
): Promise<void> {
  const channel = await findChannel(tx, channelId);
  if (!channel) return;
  await updateChannelRow(tx, channelId, channel.revision, { name, handle, address });
  await renameConnection(tx, channelId, { name, handle, address });
}
