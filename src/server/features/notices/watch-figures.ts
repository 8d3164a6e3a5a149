import { listSilentChannels } from '#server/features/analytics/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { tellMembers } from './tell-members.ts';

/** Figures that could not be fetched for so many days are told of (ours). */
const SILENT_DAYS = 3;

/** Tells of connected channels whose figures could not be fetched for days; of each silence once. */
export async function watchFigures(house: House, workspaceId: string): Promise<void> {
  await house.db.inWorkspace(workspaceId, async (tx) => {
    for (const { channelId, since } of await listSilentChannels(tx, SILENT_DAYS)) {
      const event = `figures-missing ${channelId} ${since.toISOString()}`;
      await tellMembers(house, tx, workspaceId, {
        kind: 'figures-missing',
        subject: channelId,
        event,
        particulars: { channelId },
      });
    }
  });
}
