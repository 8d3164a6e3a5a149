import type { channels } from '#contract/channels.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { restoreChannelRow } from './channel-store.ts';
import { mustFindChannel } from './get-channel.ts';
import { presentChannel } from './present-channel.ts';

/**
 * Takes a channel out of the archive. Its credentials were forgotten when it was archived, so it is not connected. One
 * that is not in the archive stays as it is.
 */
export const restoreChannel: Verb<typeof channels.restore> = async (context, { workspaceId, channelId }) =>
  context.inWorkspace(async (tx) => {
    await mustFindChannel(tx, channelId);
    if (await restoreChannelRow(tx, channelId)) {
      await tellFact(tx, { workspaceId, kind: 'channel.restored', payload: { channelId }, personId: context.personId });
    }
    return presentChannel(context.house, await mustFindChannel(tx, channelId));
  });
