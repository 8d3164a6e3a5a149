import type { ChannelId, PersonId, ReconnectLinkId } from '#contract/ids.ts';
import type { ReconnectLink } from '#contract/reconnect-links.ts';
import type { LinkRow } from './reconnect-link-store.ts';

/** A link as it goes to the wire; its token never does. */
export const presentLink = (row: LinkRow): ReconnectLink => ({
  id: row.id as ReconnectLinkId,
  channelId: row.channel_id as ChannelId,
  handle: row.handle,
  madeById: row.made_by as PersonId,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  state: row.state,
  usedAt: row.used_at?.toISOString() ?? null,
});
