import { listKnownChannels } from '#server/features/channels/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { countPlannedFrom } from './ending-store.ts';

/** A channel whose credential ends before something that is planned on it. */
export interface Ending {
  channelId: string;
  channel: string;
  network: string;
  endsAt: Date;
  /** How many posts are planned after that. */
  count: number;
  firstDueAt: Date;
}

/** The channels whose credential ends, unless a person connects them again, before posts that are planned: these first. */
export async function findEndings(house: House, tx: Tx): Promise<Ending[]> {
  const ending = new Map(
    (await listKnownChannels(house, tx)).flatMap((it) => (it.endsAt ? [[it.id, { ...it, endsAt: it.endsAt }]] : [])),
  );
  const planned = await countPlannedFrom(
    tx,
    [...ending.values()].map(({ id, endsAt }) => ({ id, from: endsAt })),
  );
  return planned.flatMap(({ channelId, count, firstDueAt }) => {
    const channel = ending.get(channelId);
    if (!channel) return [];
    const { name, network, endsAt } = channel;
    return [{ channelId, channel: name, network, endsAt, count, firstDueAt }];
  });
}
