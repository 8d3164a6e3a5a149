import { z } from 'zod';
import { HoldReason } from './deliveries.ts';
import { ChannelId, DeliveryId, PostId } from './ids.ts';
import { Instant } from './terms.ts';

/** The windows that the status page looks back over, in days of 24 hours until now. */
export const statusWindows = [1, 7, 30] as const;
export const StatusDays = z.coerce
  .number()
  .pipe(z.union([z.literal(1), z.literal(7), z.literal(30)]))
  .default(7);

/**
 * The counts of the status page. Each delivery that was due in the window is in one of the first six; `onTime`, `waited`
 * and `decided` part those that were sent: by the timetable, after something told them to wait (a hold, a limit, an
 * account or network that could not be used), or when a person said so. `doubted`: the outcome was not known for a while;
 * `resolved`: of these, found out without a person.
 */
export const statusCounts = [
  'live',
  'underWay',
  'failed',
  'held',
  'unconfirmed',
  'cancelled',
  'onTime',
  'waited',
  'decided',
  'doubted',
  'resolved',
  'duplicates',
  'gone',
] as const;
export const StatusCount = z.enum(statusCounts);
export type StatusCount = z.infer<typeof StatusCount>;

/** Why something waits now, whenever it was due. */
export const waitingReasons = [
  'overdue',
  'put-off',
  'looked-for',
  'unconfirmed',
  'failed',
  // What waits for the part before it is counted with that one.
  ...HoldReason.exclude(['part-before']).options,
] as const;
export const WaitingReason = z.enum(waitingReasons);
export type WaitingReason = z.infer<typeof WaitingReason>;

/**
 * First byte sent minus due, in milliseconds, of the deliveries that went by the timetable; percentiles are deliveries'
 * own figures, none is reckoned between two. Null where nothing was sent.
 */
export const Lateness = z.object({
  p50Ms: z.int().nullable(),
  p90Ms: z.int().nullable(),
  p99Ms: z.int().nullable(),
  maxMs: z.int().nullable(),
});

const counted = {
  due: z.int(),
  counts: z.object(Object.fromEntries(statusCounts.map((count) => [count, z.int()])) as Record<StatusCount, z.ZodInt>),
  lateness: Lateness,
};

/** How publishing did in a window, from the ledger as it stands. */
export const PublishingStatus = z.object({
  from: Instant,
  to: Instant,
  ...counted,
  channels: z.array(z.object({ channelId: ChannelId, ...counted })),
  waiting: z.array(z.object({ reason: WaitingReason, count: z.int() })),
  /** What is held longest now. */
  longestHold: z.object({ deliveryId: DeliveryId, postId: PostId, excerpt: z.string(), since: Instant }).nullable(),
});
export type PublishingStatus = z.infer<typeof PublishingStatus>;

/** A delivery that a number of the status page counts. */
export const StatusDelivery = z.object({
  deliveryId: DeliveryId,
  postId: PostId,
  channelId: ChannelId,
  network: z.string(),
  excerpt: z.string(),
  state: z.string(),
  dueAt: Instant,
  sentAt: Instant.nullable(),
  latenessMs: z.int().nullable(),
});
export type StatusDelivery = z.infer<typeof StatusDelivery>;
