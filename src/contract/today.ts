import { oc } from '@orpc/contract';
import { z } from 'zod';
import { DeliveryState, HoldReason } from './deliveries.ts';
import { ChannelId, DeliveryId, GoalId, PostId, WorkspaceId } from './ids.ts';
import { MetricId } from './metrics.ts';
import { GoalStatus } from './strategy.ts';
import { Instant, LocalDate } from './terms.ts';

/** What can be worth doing, the most pressing first. */
export const suggestionKinds = [
  'delivery-unconfirmed',
  'channel-reconnect',
  'channel-ending',
  'delivery-failed',
  'delivery-held',
  'draft-due',
  'draft-first',
  'interview',
  'goal-first',
  'goal-proposed',
  'goal-unserved',
  'goal-needs',
  'channel-quiet',
  'page-unopened',
  'figures-unseen',
] as const;
export const SuggestionKind = z.enum(suggestionKinds);
export type SuggestionKind = z.infer<typeof SuggestionKind>;

/** One thing worth doing now, with its reason as names, counts and times for the reader's own words. */
export const Suggestion = z.object({
  /** The same for as long as it is about the same. */
  id: z.string(),
  kind: SuggestionKind,
  /** What one press does at once, besides going to `path`; `open`: nothing but going there. */
  act: z.enum(['open', 'retry', 'confirm-live', 'adopt', 'have']),
  /** Where one does it: an address of the interface, from `/w/` on. */
  path: z.string(),
  /** Why, where there are several whys: a connection’s state, a hold’s reason, a fault, how far the interview is, that a post went out lately. */
  reason: z.string().nullable(),
  names: z.object({ channel: z.string(), goal: z.string(), post: z.string(), need: z.string() }).partial(),
  /** How many posts (answered questions, for the interview; needs, for a goal) it is about. */
  count: z.int().min(0),
  /** The moment it is about: next post due, was due, planned for, last looked at. */
  at: Instant.nullable(),
  /** What figures were when somebody last looked, and are now. */
  figures: z.object({ from: z.number(), to: z.number() }).nullable(),
  deliveryId: DeliveryId.nullable(),
  goalId: GoalId.nullable(),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** A delivery that was or is due on this day. */
export const GoingOut = z.object({
  deliveryId: DeliveryId,
  postId: PostId,
  channelId: ChannelId,
  channel: z.string(),
  network: z.string(),
  state: DeliveryState,
  heldReason: HoldReason.nullable(),
  excerpt: z.string(),
  dueAt: Instant,
  publishedAt: Instant.nullable(),
  address: z.string().nullable(),
  removedAt: Instant.nullable(),
  goalId: GoalId.nullable(),
  goal: z.string().nullable(),
});
export type GoingOut = z.infer<typeof GoingOut>;

/** How a goal stands, in short. */
export const StandingGoal = z.object({
  goalId: GoalId,
  title: z.string(),
  metric: MetricId,
  yours: z.boolean(),
  status: GoalStatus,
  value: z.number().nullable(),
  target: z.number().nullable(),
  share: z.number().nullable(),
  deadlineOn: LocalDate,
  /** Negative when the deadline is over. */
  daysLeft: z.int(),
});
export type StandingGoal = z.infer<typeof StandingGoal>;

/** The morning page. */
export const Today = z.object({
  on: LocalDate,
  /** The house’s clock. */
  now: Instant,
  /** At most five. */
  suggestions: z.array(Suggestion),
  /** What else there would be to do. */
  moreSuggestions: z.int(),
  /** What the interview proposed to write about next, in the reader’s language; empty without one. */
  ideas: z.array(z.string()),
  goingOut: z.array(GoingOut),
  /** Further deliveries of this day. */
  moreGoingOut: z.int(),
  goals: z.array(StandingGoal),
  moreGoals: z.int(),
  /** Nothing was begun here yet: no goal, no channel, no post. */
  isNew: z.boolean(),
});
export type Today = z.infer<typeof Today>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}';
const SuggestionName = z.string().regex(/^[a-z-]{3,30}(:[0-9a-f-]{36})?$/);

export const today = {
  get: oc
    .route({
      method: 'GET',
      path: `${base}/today`,
      summary: 'What is worth doing now, what goes out today, how the goals stand',
    })
    .input(ws)
    .output(Today),
  setAside: oc
    .route({ method: 'POST', path: `${base}/today/set-aside`, summary: 'Do not suggest this to me before tomorrow' })
    .input(ws.extend({ suggestion: SuggestionName }))
    .output(z.object({})),
  takeBack: oc
    .route({ method: 'POST', path: `${base}/today/take-back`, summary: 'Suggest again what I have set aside' })
    .input(ws.extend({ suggestion: SuggestionName }))
    .output(z.object({})),
  look: oc
    .route({
      method: 'POST',
      path: `${base}/goals/{goalId}/look`,
      summary: 'Note that a goal’s figures were looked at',
    })
    .input(ws.extend({ goalId: GoalId }))
    .output(z.object({})),
};
