import { randomUUID } from 'node:crypto';
import type { reconnectLinks } from '#contract/reconnect-links.ts';
import { countAttempts, linkOrigin, makeToken } from '#server/platform/auth/index.ts';
import { refuse, refuseField, type Verb } from '#server/platform/context/index.ts';
import { findConnection } from '../connection-store.ts';
import { mustFindChannel } from '../get-channel.ts';
import { fieldsOf } from '../sign-in-account.ts';
import { presentLink } from './present-link.ts';
import { findLink, insertLink } from './reconnect-link-store.ts';

const perPerson = { attempts: 50, perSeconds: 3_600 };

/**
 * Makes a link for the account that the channel is connected to, or was until the network refused; the link is answered
 * this once. A channel that was never connected, or was disconnected, has no account that the link could be held to.
 */
export const createLink: Verb<typeof reconnectLinks.create> = async (context, { workspaceId, channelId, days }) => {
  const { house, personId } = context;
  const [id, token] = [randomUUID(), makeToken()];
  const link = `${linkOrigin(house.config, context.origin)}/reconnect#${token}`;
  return context.inWorkspace(async (tx) => {
    const channel = await mustFindChannel(tx, channelId);
    fieldsOf(house.connectors.get(channel.network));
    const account = await findConnection(tx, channelId);
    if (!account) refuseField('channelId', 'channel-not-connected-now');
    await countAttempts(tx, [{ key: `reconnect-link|${personId}`, limit: perPerson }]);
    await insertLink(tx, { workspaceId, id, channelId, token, account, madeBy: personId, days });
    return { reconnectLink: presentLink((await findLink(tx, id)) ?? refuse('not-found')), link };
  });
};
