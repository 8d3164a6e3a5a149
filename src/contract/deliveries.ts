import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Content } from './content.ts';
import { ChannelId, DeliveryId, HoldId, PersonId, PostId, VariantId, WorkspaceId } from './ids.ts';
import { PublishingStatus, StatusCount, StatusDays, StatusDelivery, WaitingReason } from './publishing-status.ts';
import { Instant, LocalDate, LocalDateTime, PageQuery, page, Zone } from './terms.ts';

export const deliveryStates = [
  'scheduled',
  'claimed',
  'armed',
  'processing',
  'unconfirmed',
  'published',
  'failed',
  'held',
  'cancelled',
] as const;
export const DeliveryState = z.enum(deliveryStates);
export type DeliveryState = z.infer<typeof DeliveryState>;

export const holdReasons = [
  'crisis',
  'approval-missing',
  'connection-broken',
  'permission-missing',
  'late',
  'new-history',
  'contract-broken',
  'part-before',
] as const;
export const HoldReason = z.enum(holdReasons);
export type HoldReason = z.infer<typeof HoldReason>;

/** What the outside said when it failed us, as far as a person needs it. */
export const DeliveryFault = z.object({
  kind: z.string(),
  field: z.string().nullable(),
  /** The network's own words. */
  said: z.string(),
  retryAt: Instant.nullable(),
  at: Instant,
});

/** One part of a delivery: a post has one, a thread several. */
export const DeliveryPart = z.object({
  position: z.int().min(0),
  state: DeliveryState,
  heldReason: HoldReason.nullable(),
  fault: DeliveryFault.nullable(),
  attempts: z.int(),
  remoteId: z.string().nullable(),
  address: z.string().nullable(),
  publishedAt: Instant.nullable(),
  /** `comment`: the first comment beneath the post, not part of its thread. */
  role: z.enum(['post', 'comment']),
  /** When it was taken down again; its figures stay as they were. */
  removedAt: Instant.nullable(),
});

/** One variant brought to one channel at one time. Its state is that of its first part that is not published yet. */
export const Delivery = z.object({
  id: DeliveryId,
  postId: PostId,
  variantId: VariantId,
  channelId: ChannelId,
  network: z.string(),
  state: DeliveryState,
  heldReason: HoldReason.nullable(),
  fault: DeliveryFault.nullable(),
  dueAt: Instant,
  /** The zone and wall-clock time that were meant. */
  zone: Zone,
  localDue: LocalDateTime,
  /** First byte sent minus due, in milliseconds; null before. */
  latenessMs: z.int().nullable(),
  address: z.string().nullable(),
  publishedAt: Instant.nullable(),
  excerpt: z.string(),
  parts: z.array(DeliveryPart),
  /** When all of it was taken down again; null while it is live. */
  removedAt: Instant.nullable(),
  /** When the network was first seen to have something of it no longer, though nobody took it down here. */
  goneAt: Instant.nullable(),
  /** When its words were last corrected after publication. */
  correctedAt: Instant.nullable(),
  /** What it says there since it was corrected; null while it stands as it was sent. */
  correctedContent: Content.nullable(),
  /**
   * What can still be done to it where it is, by what its network allows. `asked`: what a person asked for and the
   * network has not confirmed yet; it is gone on with until it has, or until the network says no.
   */
  afterwards: z.object({
    correct: z.boolean(),
    takeDown: z.boolean(),
    asked: z.enum(['correct', 'take-down']).nullable(),
  }),
  updatedAt: Instant,
});
export type Delivery = z.infer<typeof Delivery>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}';

/**
 * Parts of the ledger: what needs a person's decision, what is still to go out (the nearest first), what is done.
 * `all` leaves out what was cancelled.
 */
export const LedgerView = z.enum(['all', 'decide', 'due', 'done']);
export type LedgerView = z.infer<typeof LedgerView>;

const oneDelivery = ws.extend({ deliveryId: DeliveryId });

export const deliveries = {
  list: oc
    .route({ method: 'GET', path: `${base}/deliveries`, summary: 'The ledger, the latest due first' })
    .input(
      ws.extend(PageQuery.shape).extend({
        show: LedgerView.default('all'),
        state: DeliveryState.optional(),
        channelId: ChannelId.optional(),
        from: Instant.optional(),
        to: Instant.optional(),
      }),
    )
    .output(page(Delivery)),
  get: oc
    .route({ method: 'GET', path: `${base}/deliveries/{deliveryId}`, summary: 'One delivery' })
    .input(oneDelivery)
    .output(Delivery),
  cancel: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/{deliveryId}/cancel`,
      summary: 'Take one delivery off the calendar',
    })
    .input(oneDelivery)
    .output(Delivery),
  retry: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/{deliveryId}/retry`,
      summary: 'Try a failed delivery again, or let a held one go',
    })
    .input(oneDelivery)
    .output(Delivery),
  decideHeld: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/decide-held`,
      summary: 'Let everything go that was held as late, or after a restore, or cancel all of it; 500 at once',
    })
    .input(ws.extend({ reason: z.enum(['late', 'new-history']), decision: z.enum(['let-go', 'cancel']) }))
    .output(
      z.object({
        decided: z.int(),
        /** What the same decision is still to be made about: call again. */
        left: z.int(),
      }),
    ),
  confirmLive: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/{deliveryId}/confirm-live`,
      summary: '“It is there”: a person saw an unconfirmed delivery live',
    })
    .input(
      oneDelivery.extend({
        address: z
          .url({ protocol: /^https?$/ })
          .max(2_000)
          .nullable()
          .default(null),
      }),
    )
    .output(Delivery),
  sendAgain: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/{deliveryId}/send-again`,
      summary: '“It is not there”: send an unconfirmed delivery again under the same key',
    })
    .input(oneDelivery)
    .output(Delivery),
  correct: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/{deliveryId}/correct`,
      summary: 'Correct what is live, where the network allows it; number of parts and pictures stay',
    })
    .input(oneDelivery.extend({ content: Content }))
    .output(Delivery),
  takeDown: oc
    .route({
      method: 'POST',
      path: `${base}/deliveries/{deliveryId}/take-down`,
      summary: 'Take down what is live, where the network allows it; its figures stay',
    })
    .input(oneDelivery)
    .output(Delivery),
};

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
