import { readClock } from '#server/platform/clock/index.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { fetchChannel } from './fetch-channel.ts';
import { listDueChannels } from './plan-store.ts';
import { pruneReadings } from './prune-readings.ts';

/** Channels that one tick hands out; the others are older at the next. */
const TICK_LIMIT = 1_000;

/** Looks at what is due on one channel. */
export const fetchMetrics: JobDefinition<{ workspaceId: string; channelId: string }> = {
  name: 'metrics.fetch',
  unique: true,
  // Most of it is waiting for networks.
  atOnce: 4,
  yields: true,
  expireSeconds: 600,
  retryLimit: 2,
  run: async (context, place) => {
    await fetchChannel(context, place);
  },
};

/** Every minute: hands out the channels on which something is due, over all workspaces. */
export const tickMetrics: JobDefinition = {
  name: 'metrics.tick',
  cron: '* * * * *',
  unique: true,
  yields: true,
  retryLimit: 0,
  run: async ({ house }) => {
    const due = await house.db.across((tx) => listDueChannels(tx, TICK_LIMIT));
    await house.db.outside(async (tx) => {
      for (const place of due) await house.jobs.enqueue(tx, fetchMetrics, place, { key: place.channelId });
    });
  },
};

/** Every night: readings past their time go; their days stay. */
const pruneMetrics: JobDefinition = {
  name: 'metrics.prune',
  cron: '20 3 * * *',
  unique: true,
  run: async ({ house }) => {
    await pruneReadings(house, await house.db.outside(readClock));
  },
};

export const analyticsJobs = [fetchMetrics, tickMetrics, pruneMetrics] as const;
