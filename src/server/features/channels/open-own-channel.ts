import { randomUUID } from 'node:crypto';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { insertChannel } from './channel-store.ts';
import { writeConnection } from './connection-store.ts';

/**
 * Enters a channel that Goalpost itself serves (network `page`), connected from the first moment. `channelId` is also
 * the account's id towards its connector.
 */
export async function openOwnChannel(
  tx: Tx,
  {
    workspaceId,
    personId,
    network,
    name,
    handle,
    address,
  }: { workspaceId: string; personId: string; network: string; name: string; handle: string; address: string },
): Promise<string> {
  const channelId = randomUUID();
  await insertChannel(tx, { workspace_id: workspaceId, id: channelId, network, name, handle, address });
  await writeConnection(tx, {
    workspace_id: workspaceId,
    channel_id: channelId,
    remote_id: channelId,
    handle,
    name,
    address,
    server: null,
    credential: null,
    scopes: [],
    expires_at: null,
    ends_at: null,
    renew_at: null,
  });
  await tellFact(tx, { workspaceId, kind: 'channel.connected', payload: { channelId }, personId });
  return channelId;
}
