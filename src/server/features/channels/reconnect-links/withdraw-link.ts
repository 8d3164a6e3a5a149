import type { reconnectLinks } from '#contract/reconnect-links.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { presentLink } from './present-link.ts';
import { findLink, withdrawLinkRow } from './reconnect-link-store.ts';

/** Takes a link back. One that has ended by itself stays as it is; what was done by one cannot be undone here. */
export const withdrawLink: Verb<typeof reconnectLinks.withdraw> = async (context, { channelId, reconnectLinkId }) =>
  context.inWorkspace(async (tx) => {
    const link = (await findLink(tx, reconnectLinkId, { lock: true })) ?? refuse('not-found');
    if (link.channel_id !== channelId) refuse('not-found');
    if (link.state === 'used') refuse('link-spent');
    await withdrawLinkRow(tx, reconnectLinkId);
    return presentLink((await findLink(tx, reconnectLinkId)) ?? refuse('not-found'));
  });
