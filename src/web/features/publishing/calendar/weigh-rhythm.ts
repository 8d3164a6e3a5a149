import type { Channel } from '#contract/channels.ts';
import type { Day } from './lay-week.ts';

/** What is planned on a channel, held against the posts a week that were meant for it. */
export interface Rhythm {
  channel: Channel;
  planned: number;
  /** Whole posts wanted in these days; 0 where one in several weeks is meant and these are fewer. */
  wanted: number;
  /** Days (YYYY-MM-DD) from today on without a post there, as many as posts are missing, well spread. */
  freeOn: string[];
}

/**
 * Holds whole weeks against the cadence of each active channel that has one. A post that failed went nowhere and does
 * not count.
 */
export function weighRhythm(channels: readonly Channel[], days: readonly Day[], today: string): Rhythm[] {
  const weeks = days.length / 7;
  return channels
    .filter((it) => it.state === 'active' && (it.cadencePerWeek ?? 0) > 0)
    .map((channel) => {
      const counts = days.map(
        ({ slots }) =>
          slots.filter(({ post }) => post.state !== 'failed' && post.variants.some((it) => it.channelId === channel.id))
            .length,
      );
      const planned = counts.reduce((sum, it) => sum + it, 0);
      const wanted = Math.floor((channel.cadencePerWeek ?? 0) * weeks);
      const taken = counts.flatMap((count, at) => (count > 0 ? [at] : []));
      const open = days.flatMap(({ on }, at) => (on >= today && counts[at] === 0 ? [at] : []));
      const free = spread(taken, open, wanted - planned);
      return { channel, planned, wanted, freeOn: free.map((at) => days[at]?.on ?? '') };
    });
}

/** So many of the open places, each as far as can be from those taken; of two as far the earlier one. */
function spread(taken: readonly number[], open: readonly number[], count: number): number[] {
  const chosen: number[] = [];
  const far = (at: number) => Math.min(...[...taken, ...chosen].map((it) => Math.abs(it - at)), 1_000);
  while (chosen.length < Math.min(count, open.length)) {
    const [best] = open.filter((it) => !chosen.includes(it)).toSorted((a, b) => far(b) - far(a) || a - b);
    if (best === undefined) break;
    chosen.push(best);
  }
  return chosen.toSorted((a, b) => a - b);
}
