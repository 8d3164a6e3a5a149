import type { Connector } from '#connectors/kit/contract.ts';
import type { reconnectLinks } from '#contract/reconnect-links.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import { refuse, refuseField, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { fieldsOf, keepConnected, signInAccount } from '../sign-in-account.ts';
import { countTry, findOffered, getOpenLink } from './open-link.ts';
import { type LinkRow, markUsed } from './reconnect-link-store.ts';

/**
 * Connects the channel again for whoever has the link and can sign in to its account; once, and no other account. The
 * network is asked before anything is written, so a wrong password uses up nothing. What was held for the channel goes on
 * by itself; who made the link is told.
 */
export const useLink: Verb<typeof reconnectLinks.use, 'anyone'> = async (context, { token, values }) => {
  const { house } = context;
  const { workspaceId, id } = await findOffered(context, token);
  const { link, channel } = await house.db.inWorkspace(workspaceId, (tx) => getOpenLink(tx, id));
  const connector = house.connectors.get(channel.network);
  if (connector?.auth.kind !== 'form') refuseField('channelId', 'network-not-connectable');
  await countTry(context, id);
  const connected = await signInAccount(context, connector, fillKnown(connector, link, values));
  const { account } = connected;
  if (account.remoteId !== link.remote_id) {
    refuse('reconnect-other-account', { params: { handle: account.handle, expected: link.handle } });
  }
  return house.db.inWorkspace(workspaceId, async (tx) => {
    const { link: locked } = await getOpenLink(tx, id, { lock: true });
    const { channel_id: channelId, made_by: madeById } = locked;
    await keepConnected(context, tx, { workspaceId, channelId, connected });
    await markUsed(tx, id);
    const payload = { channelId, reconnectLinkId: id, madeById };
    await tellFact(tx, { workspaceId, kind: 'channel.connected', payload: { channelId } });
    await tellFact(tx, { workspaceId, kind: 'channel.reconnected', payload });
    const { name: workspaceName } = await getWorkspace(tx, workspaceId);
    return { network: channel.network, handle: account.handle, workspaceName };
  });
};

/**
 * The form as it is sent: the server is the account's own, whatever was entered. Another server could claim any account,
 * and would be told what is posted.
 */
function fillKnown(connector: Connector, link: LinkRow, values: Record<string, string>): Record<string, string> {
  const known = fieldsOf(connector).flatMap((field): [string, string][] => {
    if (field.known === 'server' && link.server !== null) return [[field.name, link.server]];
    return field.known === 'handle' && !values[field.name]?.trim() ? [[field.name, link.handle]] : [];
  });
  return { ...values, ...Object.fromEntries(known) };
}
