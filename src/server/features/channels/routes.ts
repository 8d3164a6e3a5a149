import type { Routes } from '#server/platform/context/index.ts';
import { archiveChannel } from './archive-channel.ts';
import { connectChannel } from './connect-channel.ts';
import { createChannel } from './create-channel.ts';
import { disconnectChannel } from './disconnect-channel.ts';
import { getChannel } from './get-channel.ts';
import { listChannels } from './list-channels.ts';
import { createLink, listLinks, lookAtLink, useLink, withdrawLink } from './reconnect-links/index.ts';
import { restoreChannel } from './restore-channel.ts';
import { updateChannel } from './update-channel.ts';

export const channelRoutes = {
  channels: {
    list: listChannels,
    get: getChannel,
    create: createChannel,
    update: updateChannel,
    connect: connectChannel,
    disconnect: disconnectChannel,
    archive: archiveChannel,
    restore: restoreChannel,
  },
  reconnectLinks: {
    list: listLinks,
    create: createLink,
    withdraw: withdrawLink,
    look: lookAtLink,
    use: useLink,
  },
} satisfies Routes<'channels' | 'reconnectLinks'>;
