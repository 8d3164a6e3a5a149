import type { channels } from '#contract/channels.ts';
import { cutPage, InstantAndId, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listChannelRows } from './channel-store.ts';
import { presentChannel } from './present-channel.ts';

/** The register: every channel that is not archived, in the order they were entered. */
export const listChannels: Verb<typeof channels.list> = async (context, { cursor, limit }) => {
  const after = readCursor(cursor, InstantAndId);
  const rows = await context.inWorkspace((tx) =>
    listChannelRows(tx, after && { createdAt: after[0], id: after[1] }, limit),
  );
  return cutPage(
    rows,
    limit,
    (row) => [row.created_at, row.id],
    (row) => presentChannel(context.house, row),
  );
};
