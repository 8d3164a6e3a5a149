import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ChannelId, HoldId, PersonId, WorkspaceId } from './ids.ts';
import { PublishingStatus, StatusCount, StatusDays, StatusDelivery, WaitingReason } from './publishing-status.ts';
import { Instant, LocalDate } from './terms.ts';

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}';

/** What became of everything that was due on one local day. */
export const DayReckoning = z.object({
  on: LocalDate,
  due: z.int(),
  live: z.int(),
  failed: z.int(),
  held: z.int(),
  unconfirmed: z.int(),
  cancelled: z.int(),
  /** Still to come, or on its way. */
  underWay: z.int(),
});
export type DayReckoning = z.infer<typeof DayReckoning>;

/** A day on which a channel comes near the number of posts that its network takes. */
export const QuotaDay = z.object({
  channelId: ChannelId,
  on: LocalDate,
  /** Posts that have gone out, or are planned, in the fullest stretch of `hours` that ends on this day. */
  planned: z.int(),
  max: z.int(),
  hours: z.int(),
  /** `refused`: what is over it cannot be planned. */
  over: z.enum(['refused', 'advised']),
});
export type QuotaDay = z.infer<typeof QuotaDay>;

/** A channel whose credential ends, unless a person connects it again, before posts that are planned on it. */
export const ChannelEnding = z.object({
  channelId: ChannelId,
  channel: z.string(),
  network: z.string(),
  endsAt: Instant,
  /** How many posts are planned after that. */
  count: z.int().min(1),
  firstDueAt: Instant,
});
export type ChannelEnding = z.infer<typeof ChannelEnding>;

/** How publishing stands: what the banner says. */
export const PublishingHealth = z.object({
  state: z.enum(['fine', 'behind', 'stopped']),
  overdue: z.int(),
  oldestOverdueAt: Instant.nullable(),
  needsDecision: z.int(),
  checkedAt: Instant,
});
export type PublishingHealth = z.infer<typeof PublishingHealth>;

/** Stops everything that comes due, in the whole workspace or on one channel, until it is lifted. */
export const Hold = z.object({
  id: HoldId,
  /** Null: all channels. */
  channelId: ChannelId.nullable(),
  why: z.string(),
  byId: PersonId,
  since: Instant,
});
export type Hold = z.infer<typeof Hold>;

export const publishing = {
  health: oc
    .route({
      method: 'GET',
      path: `${base}/publishing/health`,
      summary: 'Is anything due and not moving, or waiting for a decision?',
    })
    .input(ws)
    .output(PublishingHealth),
  days: oc
    .route({
      method: 'GET',
      path: `${base}/publishing/days`,
      summary: 'What became of what was due, day by day in the workspace’s zone, the latest first',
    })
    .input(ws.extend({ from: LocalDate.optional(), to: LocalDate.optional() }))
    .output(z.object({ items: z.array(DayReckoning) })),
  quotas: oc
    .route({
      method: 'GET',
      path: `${base}/publishing/quotas`,
      summary: 'Days on which a channel comes near the number of posts that its network takes',
    })
    .input(ws.extend({ from: LocalDate, to: LocalDate }))
    .output(z.object({ items: z.array(QuotaDay) })),
  endings: oc
    .route({
      method: 'GET',
      path: `${base}/publishing/endings`,
      summary: 'Channels whose credential ends before posts that are planned on them',
    })
    .input(ws)
    .output(z.object({ items: z.array(ChannelEnding) })),
  status: oc
    .route({
      method: 'GET',
      path: `${base}/publishing/status`,
      summary: 'How publishing did in the last 1, 7 or 30 days: how late, what became of it, what waits',
    })
    .input(ws.extend({ days: StatusDays }))
    .output(PublishingStatus),
  statusDeliveries: oc
    .route({
      method: 'GET',
      path: `${base}/publishing/status/deliveries`,
      summary: 'The deliveries that one number of the status counts, the latest ones first; 200 at most',
    })
    .input(
      ws.extend({
        days: StatusDays,
        /** Either a count of the window… */
        count: StatusCount.optional(),
        /** …or a reason for which something waits now. */
        waits: WaitingReason.optional(),
        channelId: ChannelId.optional(),
      }),
    )
    .output(z.object({ total: z.int(), items: z.array(StatusDelivery) })),
  holds: oc
    .route({ method: 'GET', path: `${base}/holds`, summary: 'Holds that stand' })
    .input(ws)
    .output(z.object({ items: z.array(Hold) })),
  hold: oc
    .route({
      method: 'POST',
      path: `${base}/holds`,
      summary: 'Hold everything that comes due, on all channels or on one',
      successStatus: 201,
    })
    .input(ws.extend({ channelId: ChannelId.nullable().default(null), why: z.string().trim().max(500).default('') }))
    .output(Hold),
  lift: oc
    .route({
      method: 'DELETE',
      path: `${base}/holds/{holdId}`,
      summary: 'Lift a hold; what it held goes out, unless it is late by now',
    })
    .input(ws.extend({ holdId: HoldId }))
    .output(z.object({})),
};
