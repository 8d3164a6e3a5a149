import { randomUUID } from 'node:crypto';
import type { channels } from '#contract/channels.ts';
import { isMember } from '#server/features/team/index.ts';
import { refuseField, type Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { type ChannelFields, insertChannel } from './channel-store.ts';
import { mustFindChannel } from './get-channel.ts';
import { presentChannel } from './present-channel.ts';

/** Enters a channel in the register. A network we have no connector for is welcome: known, not connected. */
export const createChannel: Verb<typeof channels.create> = async (
  context,
  { workspaceId, network, name, ...about },
) => {
  const connector = context.house.connectors.get(network);
  if (connector?.auth.kind === 'own') refuseField('network', 'network-opened-elsewhere');
  if (!/^[a-z0-9-]{1,50}$/.test(network)) refuseField('network', 'network-unknown');
  const id = randomUUID();
  return context.inWorkspace(async (tx) => {
    await assertOwner(tx, about.ownerId);
    await insertChannel(tx, { workspace_id: workspaceId, id, network, name, ...shapeFields(about) });
    await tellFact(tx, {
      workspaceId,
      kind: 'channel.created',
      payload: { channelId: id, network },
      personId: context.personId,
    });
    return presentChannel(context.house, await mustFindChannel(tx, id));
  });
};

type About = {
  [K in 'name' | 'handle' | 'address' | 'purpose' | 'ownerId' | 'cadencePerWeek' | 'language' | 'state']?: unknown;
};

/** The wire's names to the row's; absent stays absent. */
export function shapeFields(about: About): Partial<ChannelFields> {
  const names = { ownerId: 'owner_id', cadencePerWeek: 'cadence_per_week' } as const;
  return Object.fromEntries(
    Object.entries(about)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key in names ? names[key as keyof typeof names] : key, value]),
  );
}

/** A channel is owned by a member, or by nobody yet. */
export async function assertOwner(tx: Tx, ownerId: string | null | undefined): Promise<void> {
  if (ownerId && !(await isMember(tx, ownerId))) refuseField('ownerId', 'not-a-member');
}
