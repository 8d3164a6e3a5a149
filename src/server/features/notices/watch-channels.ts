import { listDoubtful } from '#server/features/channels/index.ts';
import { findEndings } from '#server/features/publishing/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { countdownStep } from './notice.rules.ts';
import { settleOthers } from './notice-store.ts';
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

/**
 * Counts down to the first post that a channel cannot publish because its credential ends before: a week ahead and a day
 * ahead, each once for each end, to the minute. What was told of a channel that can publish all of its posts by now is
 * settled.
 */
export async function watchEndings(house: House, workspaceId: string): Promise<void> {
  await house.db.inWorkspace(workspaceId, async (tx) => {
    const now = await readClock(tx);
    const endings = await findEndings(house, tx);
    const settledFor = await settleOthers(
      tx,
      'channel-ending',
      endings.map(({ channelId }) => channelId),
    );
    await tellChanges(
      tx,
      workspaceId,
      settledFor.map((personId) => ({ kind: 'notice.settled', ids: {}, personId })),
    );
    for (const { channelId, endsAt, firstDueAt } of endings) {
      const days = countdownStep(firstDueAt, now);
      if (days === null) continue;
      const event = `channel-ending ${channelId} ${endsAt.toISOString().slice(0, 16)} ${days}`;
      const particulars = { channelId, ...(days === 1 ? { isSoon: true } : {}) };
      const news = { kind: 'channel-ending', subject: channelId, event, particulars } as const;
      await tellMembers(house, tx, workspaceId, news);
    }
  });
}
