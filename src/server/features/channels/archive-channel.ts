import type { channels } from '#contract/channels.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { archiveChannelRow } from './channel-store.ts';
import { deleteConnection } from './connection-store.ts';
import { mustFindChannel, refuseOwnChannel } from './get-channel.ts';
import { withdrawLinksOf } from './reconnect-links/index.ts';

/** Takes a channel out of the register and forgets its credentials. What it published stays, with its figures. */
export const archiveChannel: Verb<typeof channels.archive> = async (context, { workspaceId, channelId }) =>
  context.inWorkspace(async (tx) => {
    refuseOwnChannel(context.house, await mustFindChannel(tx, channelId));
    // In the order in which whoever uses a link locks them.
    await withdrawLinksOf(tx, channelId);
    await deleteConnection(tx, channelId);
    await archiveChannelRow(tx, channelId);
    await tellFact(tx, { workspaceId, kind: 'channel.archived', payload: { channelId }, personId: context.personId });
    return {};
  });
