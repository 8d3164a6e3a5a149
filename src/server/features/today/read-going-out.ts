import type { z } from 'zod';
import type { Today } from '#contract/today.ts';
import { findChannels } from '#server/features/channels/index.ts';
import { countDueBetween, listDueBetween } from '#server/features/publishing/index.ts';
import { mustFindGoal, shiftDay, startOfDay } from '#server/features/strategy/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';

/** Enough for a day; the ledger has the others. */
const AT_MOST = 20;

/** What is or was due on a local day, in order, with the goal it serves. */
export async function readGoingOut(
  house: House,
  tx: Tx,
  { on, zone }: { on: string; zone: string },
): Promise<Pick<z.input<typeof Today>, 'goingOut' | 'moreGoingOut'>> {
  const day = { from: startOfDay(on, zone), to: startOfDay(shiftDay(on, 1), zone) };
  const due = await listDueBetween(tx, { ...day, limit: AT_MOST });
  const channels = await findChannels(house, tx, [...new Set(due.map((it) => it.channelId))]);
  const nameOf = new Map(channels.map((it) => [it.id, it.name]));
  const titles = new Map<string, string>();
  for (const goalId of new Set(due.flatMap((it) => it.goalId ?? [])))
    titles.set(goalId, (await mustFindGoal(tx, goalId)).title);
  return {
    goingOut: due.map(({ dueAt, publishedAt, removedAt, ...delivery }) => ({
      ...delivery,
      channel: nameOf.get(delivery.channelId) ?? '',
      dueAt: dueAt.toISOString(),
      publishedAt: publishedAt?.toISOString() ?? null,
      removedAt: removedAt?.toISOString() ?? null,
      goal: delivery.goalId === null ? null : (titles.get(delivery.goalId) ?? null),
    })),
    moreGoingOut: due.length < AT_MOST ? 0 : (await countDueBetween(tx, day)) - due.length,
  };
}
