import { type KnownChannel, listKnownChannels } from '#server/features/channels/index.ts';
import { findPage } from '#server/features/page/index.ts';
import { readToday } from '#server/features/strategy/index.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import type { House, WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';

/** What a plan has to start from in a workspace. */
export async function readGround(context: WorkspaceContext, tx: Tx) {
  return {
    workspace: await getWorkspace(tx, context.workspaceId),
    today: await readToday(tx),
    page: await findPage(tx),
    channels: await listKnownChannels(context.house, tx),
  };
}

/** Can Goalpost act on a network once its account is connected? The network for practising is no place to begin. */
export const isReachable = (house: House, network: string): boolean =>
  network !== 'practice' && house.connectors.get(network)?.auth.kind === 'form';

/** Accounts of the register that a business could begin on. */
export const listReachable = (house: House, channels: readonly KnownChannel[]): KnownChannel[] =>
  channels.filter((channel) => isReachable(house, channel.network));
