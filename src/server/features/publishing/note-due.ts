import { z } from 'zod';
import { noteNextDues } from '#server/features/channels/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { FactHearer, Hearers } from '#server/platform/facts/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { findNextDues } from './delivery-store.ts';

/** Tells the register the next due time of these channels. */
export async function noteDue(tx: Tx, channelIds: readonly string[]): Promise<void> {
  if (channelIds.length > 0) await noteNextDues(tx, await findNextDues(tx, [...new Set(channelIds)]));
}

const OfChannel = z.object({ channelId: z.uuid() });

/** What went out is no longer the next: the register is told of many at once, and no publish waits for it. */
const noteNext: FactHearer = async ({ house }, facts) => {
  const channelIds = facts.flatMap(({ payload }) => OfChannel.safeParse(payload).data?.channelId ?? []);
  const { workspaceId } = facts[0];
  await house.db.inWorkspace(workspaceId, async (tx) => {
    await noteDue(tx, channelIds);
    await tellChanges(tx, workspaceId, [{ kind: 'channel.planned', ids: {} }]);
  });
};

export const dueHearers: Hearers = [{ kind: 'delivery.published', hear: noteNext }];
