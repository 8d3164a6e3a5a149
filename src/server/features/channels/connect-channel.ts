import type { channels } from '#contract/channels.ts';
import { refuseField, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { mustFindChannel } from './get-channel.ts';
import { presentChannel } from './present-channel.ts';
import { withdrawLinksOf } from './reconnect-links/index.ts';
import { keepConnected, signInAccount } from './sign-in-account.ts';

/**
 * Signs in to the network with the values of its form and keeps the credential, sealed. Posts that were held because
 * the channel was not connected go on by themselves. A refusal names the form's field.
 */
export const connectChannel: Verb<typeof channels.connect> = async (context, { workspaceId, channelId, values }) => {
  const channel = await context.inWorkspace((tx) => mustFindChannel(tx, channelId));
  const connector = context.house.connectors.get(channel.network);
  if (connector?.auth.kind !== 'form') refuseField('channelId', 'network-not-connectable');
  const connected = await signInAccount(context, connector, values);
  return context.inWorkspace(async (tx) => {
    // Nobody else need do it now. First, as whoever uses such a link locks it first too.
    await withdrawLinksOf(tx, channelId);
    await keepConnected(context, tx, { workspaceId, channelId, connected });
    await tellFact(tx, { workspaceId, kind: 'channel.connected', payload: { channelId }, personId: context.personId });
    return presentChannel(context.house, await mustFindChannel(tx, channelId));
  });
};
