import { listDoubtful } from '#server/features/channels/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { tellMembers } from './tell-members.ts';

/** Figures are asked for every six hours: a channel that has not worked for so long has failed twice (ours). */
const DOUBTFUL_HOURS = 13;

/** Tells of channels that may not take their next post, while there is time to connect them again; of each once. */
export async function watchChannels(house: House, workspaceId: string): Promise<void> {
  await house.db.inWorkspace(workspaceId, async (tx) => {
    for (const { channelId, workedAt } of await listDoubtful(tx, DOUBTFUL_HOURS)) {
      const event = `channel-doubtful ${channelId} ${workedAt.toISOString()}`;
      const news = { kind: 'channel-doubtful', subject: channelId, event, particulars: { channelId } } as const;
      await tellMembers(house, tx, workspaceId, news);
    }
  });
}
