import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { listWorkspaceIds } from './due-store.ts';
import { deleteOldNotices } from './notice-store.ts';
import { watchChannels, watchEndings } from './watch-channels.ts';
import { watchFigures } from './watch-figures.ts';
import { watchGoals } from './watch-goals.ts';
import { watchPublishing } from './watch-publishing.ts';
import { watchStalls } from './watch-stalls.ts';

/** How the goals of one workspace stand. */
export const lookAtGoals: JobDefinition<{ workspaceId: string }> = {
  name: 'notice.goals',
  unique: true,
  run: ({ house }, { workspaceId }) => watchGoals(house, workspaceId),
};

/** Every hour, in every workspace: days pass for goals without a figure moving. */
const lookEverywhere: JobDefinition = {
  name: 'notice.hour',
  cron: '7 * * * *',
  unique: true,
  run: async ({ house }) => {
    const ids = await house.db.across(listWorkspaceIds);
    for (const workspaceId of ids) {
      await watchChannels(house, workspaceId);
      await watchEndings(house, workspaceId);
      await watchFigures(house, workspaceId);
      await house.db.outside((tx) => house.jobs.enqueue(tx, lookAtGoals, { workspaceId }, { key: workspaceId }));
    }
  },
};

/** Every minute: whether what is due goes out. */
const lookAtPublishing: JobDefinition = {
  name: 'notice.publishing',
  cron: '* * * * *',
  unique: true,
  retryLimit: 0,
  run: async ({ house }) => {
    await watchStalls(house);
    await watchPublishing(house);
  },
};

/** Every night: what was read long ago goes. */
const pruneNotices: JobDefinition = {
  name: 'notice.prune',
  cron: '40 3 * * *',
  unique: true,
  run: async ({ house }) => {
    for (const workspaceId of await house.db.across(listWorkspaceIds))
      await house.db.inWorkspace(workspaceId, deleteOldNotices);
  },
};

export const watchJobs = [lookAtGoals, lookEverywhere, lookAtPublishing, pruneNotices] as const;
