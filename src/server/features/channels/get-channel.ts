import type { channels } from '#contract/channels.ts';
import { type House, refuse, refuseField, type Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { type ChannelWithConnection, findChannel } from './channel-store.ts';
import { presentChannel } from './present-channel.ts';

export const getChannel: Verb<typeof channels.get> = async (context, { channelId }) =>
  presentChannel(context.house, await context.inWorkspace((tx) => mustFindChannel(tx, channelId)));

/** The channel, or `not-found`. */
export async function mustFindChannel(tx: Tx, id: string): Promise<ChannelWithConnection> {
  return (await findChannel(tx, id)) ?? refuse('not-found');
}

/** The own page's channel has no sign-in that could be given again: it is neither disconnected nor archived. */
export function refuseOwnChannel(house: House, channel: ChannelWithConnection): void {
  if (house.connectors.get(channel.network)?.auth.kind === 'own') refuseField('channelId', 'channel-is-own');
}
