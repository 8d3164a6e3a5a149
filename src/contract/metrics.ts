import { z } from 'zod';

/**
 * The metric catalogue. `kind`: `sum-by-post` adds up over the posts in scope; `level` is read as it stands (followers);
 * `sum-by-day` adds up over days (visits to the page). `better` is the direction a goal usually wants. Name and
 * definition are texts under `metrics.<id>.name` and `metrics.<id>.definition`. Which network measures it, under what
 * name and since when, stands in the networks' manifests.
 */
export const metrics = {
  likes: { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: true },
  reposts: { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: false },
  replies: { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: false },
  quotes: { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: false },
  bookmarks: { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: false },
  engagement: { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: false },
  'post-views': { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: true },
  'post-link-clicks': { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: false },
  followers: { unit: 'people', kind: 'level', better: 'up', vanity: true },
  'page-views': { unit: 'count', kind: 'sum-by-day', better: 'up', vanity: true },
  'page-link-clicks': { unit: 'count', kind: 'sum-by-day', better: 'up', vanity: false },
  'posts-published': { unit: 'count', kind: 'sum-by-post', better: 'up', vanity: true },
} as const satisfies Record<
  string,
  { unit: 'count' | 'people'; kind: 'sum-by-post' | 'level' | 'sum-by-day'; better: 'up' | 'down'; vanity: boolean }
>;

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as [MetricId, ...MetricId[]];
export const MetricId = z.enum(metricIds);

/** engagement = likes + comments + shares (+ quotes + clicks where measured): the sum of these when at least one is known. */
export const engagementParts = [
  'likes',
  'reposts',
  'replies',
  'quotes',
  'post-link-clicks',
] as const satisfies MetricId[];
