import type { ChannelId } from '#contract/ids.ts';
import type { publishing } from '#contract/publishing.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { findEndings } from './find-endings.ts';

/** Channels that will stop before posts that are planned on them, the one whose post is due first at the head. */
export const listEndings: Verb<typeof publishing.endings> = async (context) => {
  const found = await context.inWorkspace((tx) => findEndings(context.house, tx));
  return {
    items: found.map(({ endsAt, firstDueAt, channelId, ...ending }) => ({
      ...ending,
      channelId: channelId as ChannelId,
      endsAt: endsAt.toISOString(),
      firstDueAt: firstDueAt.toISOString(),
    })),
  };
};
