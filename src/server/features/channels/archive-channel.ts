import type { channels } from '#contract/channels.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { archiveChannelRow } from './channel-store.ts';
import { deleteConnection } from './connection-store.ts';

/** Takes a channel out of the register and forgets its credentials. What it published stays, with its figures. */
export const archiveChannel: Verb<typeof channels.archive> = async (context, { workspaceId, channelId }) =>
  context.inWorkspace(async (tx) => {
    if (!(await archiveChannelRow(tx, channelId))) refuse('not-found');
    await deleteConnection(tx, channelId);
    await tellFact(tx, { workspaceId, kind: 'channel.archived', payload: { channelId }, personId: context.personId });
    return {};
  });
