import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Content } from './content.ts';
import { ChannelId, DeliveryId, PostId, VariantId, WorkspaceId } from './ids.ts';
import { Instant, LocalDateTime, PageQuery, page, Zone } from './terms.ts';

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
    .input(
      ws.extend({
        reason: z.enum(['late', 'new-history']),
        decision: z.enum(['let-go', 'cancel']),
        /** When what is decided about was looked at: what has been held since then stays. */
        heldBefore: Instant,
      }),
    )
    .output(
      z.object({
        decided: z.int(),
        /** What stays held because it would be more than its network takes of a channel in a time. */
        full: z.int(),
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
