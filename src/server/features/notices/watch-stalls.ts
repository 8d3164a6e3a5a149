import { listWorkspacesBehind } from '#server/features/publishing/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { closeStall, listOpenStalls, openStall } from './stall-store.ts';
import { tellMembers } from './tell-members.ts';

/**
 * Tells who may act in each workspace when posts there are due and do not move: once when it begins, and once when they
 * move again. Runs every minute in a worker; where all of them are gone, `GET /health` and the banner say so.
 */
export async function watchStalls(house: House): Promise<void> {
  const { db } = house;
  const { behind, open } = await db.across(async (tx) => ({
    behind: await listWorkspacesBehind(tx),
    open: await listOpenStalls(tx),
  }));
  for (const workspaceId of behind.filter((id) => !open.some((stall) => stall.workspaceId === id)))
    await db.inWorkspace(workspaceId, async (tx) => {
      const stall = await openStall(tx, workspaceId);
      if (stall) await tell(house, tx, { workspaceId, beganAt: stall.beganAt, isOver: false });
    });
  for (const { workspaceId, beganAt } of open.filter((stall) => !behind.includes(stall.workspaceId)))
    await db.inWorkspace(workspaceId, async (tx) => {
      if (await closeStall(tx, beganAt)) await tell(house, tx, { workspaceId, beganAt, isOver: true });
    });
}

async function tell(
  house: House,
  tx: Tx,
  { workspaceId, beganAt, isOver }: { workspaceId: string; beganAt: Date; isOver: boolean },
): Promise<void> {
  const event = `publishing-behind ${beganAt.toISOString()}${isOver ? ' over' : ''}`;
  const news = { kind: 'publishing-behind', subject: 'publishing', event, particulars: { isOver } } as const;
  await tellMembers(house, tx, workspaceId, news);
  await tellChanges(tx, workspaceId, [{ kind: 'publishing.stands', ids: {} }]);
}
