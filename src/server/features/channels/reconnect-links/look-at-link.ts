import type { reconnectLinks } from '#contract/reconnect-links.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import { findPerson } from '#server/platform/auth/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { findOffered, getOpenLink } from './open-link.ts';

/** Which business asks for which account, for whoever has the link. Says nothing else of either. */
export const lookAtLink: Verb<typeof reconnectLinks.look, 'anyone'> = async (context, { token }) => {
  const { workspaceId, id } = await findOffered(context, token);
  return context.house.db.inWorkspace(workspaceId, async (tx) => {
    const { link, channel } = await getOpenLink(tx, id);
    return {
      workspaceName: (await getWorkspace(tx, workspaceId)).name,
      network: channel.network,
      handle: link.handle,
      server: link.server,
      works: channel.connection?.state === 'connected',
      madeByName: (await findPerson(tx, link.made_by))?.name ?? '',
      expiresAt: link.expires_at.toISOString(),
    };
  });
};
