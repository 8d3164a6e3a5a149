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
      summary: 'The posts and channels a goal’s figure is made of',
    })
    .input(ws.extend({ goalId: GoalId }).extend(PageQuery.shape))
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
  refresh: oc
    .route({
      method: 'POST',
      path: `${base}/goals/{goalId}/refresh`,
      summary: 'Fetch the figures in a goal’s scope now',
    })
    .input(ws.extend({ goalId: GoalId }))
    .output(z.object({ queued: z.int() })),
};
