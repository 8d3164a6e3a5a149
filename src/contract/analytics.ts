import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ChannelId, DeliveryId, GoalId, PostId, WorkspaceId } from './ids.ts';
import { MetricId } from './metrics.ts';
import { GoalStatus } from './strategy.ts';
import { Instant, LocalDate, PageQuery, page } from './terms.ts';

/** Why there is no value. Missing is not zero, forbidden is not zero, failed is not zero. */
export const Absence = z.enum(['not-fetched', 'not-offered', 'no-permission', 'failed', 'gone']);

/** One figure as it was last known. `value` is the last good one, `absence` why nothing newer (or nothing at all) is there. */
export const Figure = z.object({
  metric: MetricId,
  value: z.number().nullable(),
  fetchedAt: Instant.nullable(),
  /** The network's id, or `page` for figures counted by Goalpost itself. */
  source: z.string(),
  /** What the source calls it. */
  theirName: z.string(),
  absence: Absence.nullable(),
});
export type Figure = z.infer<typeof Figure>;

export const Progress = z.object({
  goalId: GoalId,
  status: GoalStatus,
  /** Current value in scope; null when nothing is measured yet. */
  value: z.number().nullable(),
  baseline: z.number().nullable(),
  /** The target as a number; null while a relative target has no baseline. */
  target: z.number().nullable(),
  /** Share of the way from baseline to target, 0 to 1 and beyond. */
  share: z.number().nullable(),
  /** Value expected at the deadline if it goes on as it did; null without enough data. */
  projected: z.number().nullable(),
  /** Change per day over the last 14 days or since the start. */
  perDay: z.number().nullable(),
  /** When the newest figure it is made of was read. */
  asOf: Instant,
  series: z.array(z.object({ on: LocalDate, value: z.number() })),
  /** What narrows or weakens the figure: codes under `progress.gaps.<code>`. */
  gaps: z.array(
    z.object({
      code: z.enum([
        'no-posts',
        'not-fetched',
        'not-offered',
        'no-permission',
        'failed',
        'gone',
        'scope-not-measured',
        'no-objective',
        'no-page',
        'no-channel',
      ]),
      count: z.int(),
    }),
  ),
});
export type Progress = z.infer<typeof Progress>;

/** One line of the evidence: a delivery (or a channel) and what it contributed. */
export const EvidenceItem = z.object({
  kind: z.enum(['delivery', 'channel']),
  deliveryId: DeliveryId.nullable(),
  postId: PostId.nullable(),
  channelId: ChannelId,
  network: z.string(),
  excerpt: z.string(),
  address: z.string().nullable(),
  publishedAt: Instant.nullable(),
  /** When it was taken down again; what it contributed stays. */
  removedAt: Instant.nullable(),
  contributed: z.number().nullable(),
  figures: z.array(Figure),
});
export type EvidenceItem = z.infer<typeof EvidenceItem>;

/** What one person outside did, as the network told it. */
export const EngagementItem = z.object({
  kind: z.enum(['like', 'repost', 'reply', 'quote']),
  deliveryId: DeliveryId,
  network: z.string(),
  actorName: z.string(),
  actorHandle: z.string(),
  actorAddress: z.string(),
  text: z.string().nullable(),
  address: z.string().nullable(),
  /** Null where the network does not say when. */
  at: Instant.nullable(),
  fetchedAt: Instant,
});
export type EngagementItem = z.infer<typeof EngagementItem>;

/** One look at one figure: what the source answered then, or why it gave none. */
export const Look = z.object({
  at: Instant,
  metric: MetricId,
  value: z.number().nullable(),
  absence: Absence.nullable(),
  /** The kind of fault, or for `no-permission` what was missing; null where nothing went wrong. */
  fault: z.string().nullable(),
  /** Which part of the post, the first is 1; null for a channel as a whole. */
  part: z.int().nullable(),
});
export type Look = z.infer<typeof Look>;

/** What Goalpost counted on the own page itself, by local day of the workspace, by post and by link. */
export const PageCounts = z.object({
  from: LocalDate,
  to: LocalDate,
  /** The day on which the page was opened: before it there is nothing, not zero. */
  countedSince: LocalDate,
  /** When it was counted: just now. */
  asOf: Instant,
  views: z.int(),
  clicks: z.int(),
  /** Every day of the span on which the page was there, the latest first; one without visits is a zero that was counted. */
  days: z.array(z.object({ on: LocalDate, views: z.int(), clicks: z.int() })),
  /** The page itself and its posts, the most visited first. */
  entries: z.array(
    z.object({
      /** Null: the page itself. */
      deliveryId: DeliveryId.nullable(),
      /** How the post begins; empty for one that was taken down. */
      excerpt: z.string(),
      views: z.int(),
      clicks: z.int(),
    }),
  ),
  /** Posts that are not in the list. */
  moreEntries: z.int(),
  /** Where people went from the page, the most followed first. */
  links: z.array(z.object({ url: z.string(), clicks: z.int() })),
});
export type PageCounts = z.infer<typeof PageCounts>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}';

export const analytics = {
  progress: oc
    .route({
      method: 'GET',
      path: `${base}/goals/{goalId}/progress`,
      summary: 'How a goal stands, with trend and gaps',
    })
    .input(ws.extend({ goalId: GoalId }))
    .output(Progress),
  evidence: oc
    .route({
      method: 'GET',
      path: `${base}/goals/{goalId}/evidence`,
      summary: 'The posts and channels a goal’s figure is made of, now or as it stood on a day',
    })
    .input(ws.extend({ goalId: GoalId, on: LocalDate.optional() }).extend(PageQuery.shape))
    .output(page(EvidenceItem)),
  engagements: oc
    .route({
      method: 'GET',
      path: `${base}/deliveries/{deliveryId}/engagements`,
      summary: 'Who did what with one delivery',
    })
    .input(
      ws
        .extend({ deliveryId: DeliveryId, kind: z.enum(['like', 'repost', 'reply', 'quote']).optional() })
        .extend(PageQuery.shape),
    )
    .output(page(EngagementItem)),
  figures: oc
    .route({ method: 'GET', path: `${base}/deliveries/{deliveryId}/figures`, summary: 'The figures of one delivery' })
    .input(ws.extend({ deliveryId: DeliveryId }))
    .output(z.object({ figures: z.array(Figure) })),
  looks: oc
    .route({
      method: 'GET',
      path: `${base}/deliveries/{deliveryId}/looks`,
      summary: 'Every look at the figures of one delivery, the latest first; of old ones the last of each day',
    })
    .input(ws.extend({ deliveryId: DeliveryId, metric: MetricId }).extend(PageQuery.shape))
    .output(page(Look)),
  channelLooks: oc
    .route({
      method: 'GET',
      path: `${base}/channels/{channelId}/looks`,
      summary: 'Every look at the figures of one channel, the latest first; of old ones the last of each day',
    })
    .input(ws.extend({ channelId: ChannelId, metric: MetricId }).extend(PageQuery.shape))
    .output(page(Look)),
  pageCounts: oc
    .route({
      method: 'GET',
      path: `${base}/page/counts`,
      summary: 'Views and link clicks of the own page by day, post and link; the last 28 days unless dates are given',
    })
    .input(ws.extend({ from: LocalDate.optional(), to: LocalDate.optional(), deliveryId: DeliveryId.optional() }))
    .output(PageCounts),
  refreshDelivery: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/{deliveryId}/refresh`,
      summary: 'Fetch the figures of one delivery now',
    })
    .input(ws.extend({ deliveryId: DeliveryId }))
    .output(z.object({ queued: z.int() })),
  refresh: oc
    .route({
      method: 'POST',
      path: `${base}/goals/{goalId}/refresh`,
      summary: 'Fetch the figures in a goal’s scope now',
    })
    .input(ws.extend({ goalId: GoalId }))
    .output(z.object({ queued: z.int() })),
};
