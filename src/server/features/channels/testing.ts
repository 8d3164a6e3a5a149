import { randomUUID } from 'node:crypto';
import { makeToken } from '#server/platform/auth/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { insertLink } from './reconnect-links/index.ts';

/** Writes a link to reconnect a channel, whether it is one that could be connected or not; its id. */
export async function makeReconnectLink(
  house: House,
  { workspaceId, channelId, madeBy }: { workspaceId: string; channelId: string; madeBy: string },
): Promise<string> {
  const id = randomUUID();
  const account = { remote_id: 'made-up', handle: 'made-up', server: null };
  await house.db.inWorkspace(workspaceId, (tx) =>
    insertLink(tx, { workspaceId, id, channelId, token: makeToken(), account, madeBy, days: 7 }),
  );
  return id;
}
