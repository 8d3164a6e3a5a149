import type { channels } from '#contract/channels.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { updateChannelRow } from './channel-store.ts';
import { assertOwner, shapeFields } from './create-channel.ts';
import { mustFindChannel } from './get-channel.ts';
import { presentChannel } from './present-channel.ts';

/** Changes what the register says; refused with the current text when someone else saved meanwhile. */
export const updateChannel: Verb<typeof channels.update> = async (
  context,
  { workspaceId: _, channelId, revision, ...about },
) =>
  context.inWorkspace(async (tx) => {
    const before = await mustFindChannel(tx, channelId);
    await assertOwner(tx, about.ownerId);
    if (!(await updateChannelRow(tx, channelId, revision, shapeFields(about)))) {
      refuse('edited-meanwhile', { current: presentChannel(context.house, before) });
    }
    return presentChannel(context.house, await mustFindChannel(tx, channelId));
  });
