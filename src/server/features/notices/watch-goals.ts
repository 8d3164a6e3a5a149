import { readProgress } from '#server/features/analytics/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { goalNews } from './notice.rules.ts';
import { listLivingGoals, writeStanding } from './standing-store.ts';
import { tellMembers } from './tell-members.ts';

/** Looks how every living goal of a workspace stands, and tells of those that stand otherwise than before. */
export async function watchGoals(house: House, workspaceId: string): Promise<void> {
  const goals = await house.db.inWorkspace(workspaceId, listLivingGoals);
  for (const { goalId, status: before } of goals) {
    await house.db.inWorkspace(workspaceId, async (tx) => {
      const { status } = await readProgress(house, tx, goalId);
      // Too little to say anything is no change of what was said.
      if (status === before || status === 'not-enough-data') return;
      await writeStanding(tx, { workspaceId, goalId, status });
      const kind = goalNews(before, status);
      if (!kind) return;
      const event = `${kind} ${goalId} ${(await readClock(tx)).toISOString().slice(0, 10)}`;
      await tellMembers(house, tx, workspaceId, { kind, subject: goalId, event, particulars: { goalId } });
    });
  }
}
