import type { reconnectLinks } from '#contract/reconnect-links.ts';
import { cutPage, InstantAndId, readCursor, type Verb } from '#server/platform/context/index.ts';
import { mustFindChannel } from '../get-channel.ts';
import { presentLink } from './present-link.ts';
import { listLinkRows } from './reconnect-link-store.ts';

/** Every link there was for a channel, the newest first. */
export const listLinks: Verb<typeof reconnectLinks.list> = async (context, { channelId, cursor, limit }) => {
  const place = readCursor(cursor, InstantAndId);
  const after = place && { createdAt: place[0], id: place[1] };
  const rows = await context.inWorkspace(async (tx) => {
    await mustFindChannel(tx, channelId);
    return listLinkRows(tx, channelId, { after, limit });
  });
  return cutPage(rows, limit, (row) => [row.created_at, row.id], presentLink);
};
