import type { channels } from '#contract/channels.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { deleteConnection } from './connection-store.ts';
import { mustFindChannel, refuseOwnChannel } from './get-channel.ts';
import { presentChannel } from './present-channel.ts';
import { withdrawLinksOf } from './reconnect-links/index.ts';

/** Forgets the credentials. What is scheduled stays scheduled and is held when due, until the channel is connected again. */
export const disconnectChannel: Verb<typeof channels.disconnect> = async (context, { workspaceId, channelId }) =>
  context.inWorkspace(async (tx) => {
    refuseOwnChannel(context.house, await mustFindChannel(tx, channelId));
    await withdrawLinksOf(tx, channelId);
    if (await deleteConnection(tx, channelId)) {
      await tellFact(tx, {
        workspaceId,
        kind: 'channel.disconnected',
        payload: { channelId },
        personId: context.personId,
      });
    }
    return presentChannel(context.house, await mustFindChannel(tx, channelId));
  });
