import { readMotion } from '#server/features/publishing/index.ts';
import { listWorkspacesOf } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { listOperators } from './choice-store.ts';
import { tellMembers } from './tell-members.ts';

/** Something due that does not move for so long is told of. */
const STUCK_SECONDS = 5 * 60;

/**
 * Tells whoever runs the installation when posts are due and do not move, once an hour while that lasts. They hear of it
 * in the first of their workspaces. It runs in a worker: where all of them are gone, `GET /health` says so.
 */
export async function watchPublishing(house: House): Promise<void> {
  const { db } = house;
  const { overdue, oldestOverdueSeconds } = await db.outside(readMotion);
  if (overdue === 0 || (oldestOverdueSeconds ?? 0) < STUCK_SECONDS) return;
  const { operators, now } = await db.outside(async (tx) => ({
    operators: await listOperators(tx),
    now: await readClock(tx),
  }));
  const event = `publishing-stopped ${now.toISOString().slice(0, 13)}`;
  for (const personId of operators) {
    const [first] = await listWorkspacesOf(db, personId);
    if (!first) continue;
    const { id: workspaceId } = first.workspace;
    const news = { kind: 'publishing-stopped', subject: 'publishing', event, particulars: {} } as const;
    await db.inWorkspace(workspaceId, (tx) => tellMembers(house, tx, workspaceId, news, { only: [personId] }));
  }
}
