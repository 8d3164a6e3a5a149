import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ChannelId, GoalId, InitiativeId, ObjectiveId, PersonId, WorkspaceId } from './ids.ts';
import { MetricId } from './metrics.ts';
import { ContentLanguage, Instant, Line, LocalDate, PageQuery, page, Revision } from './terms.ts';

/** What the business wants or what presses it, said without networks. `rank` 1 is the most important. */
export const Objective = z.object({
  id: ObjectiveId,
  title: z.string(),
  description: z.string(),
  rank: z.int().min(1),
  goalCount: z.int(),
  /** False while it is a proposal of Goalpost that nobody has said yes to. */
  yours: z.boolean(),
  revision: Revision,
  createdAt: Instant,
});
export type Objective = z.infer<typeof Objective>;

/**
 * Where a goal's metric is counted. Absent fields do not narrow. `posts`: only posts that serve this goal (or one of
 * its initiatives), or all posts of the channels in scope; it says nothing for metrics of a whole channel.
 */
export const Scope = z.object({
  posts: z.enum(['serving', 'all']).default('serving'),
  channelIds: z.array(ChannelId).max(100).optional(),
  languages: z.array(ContentLanguage).max(50).optional(),
  campaign: Line(200).optional(),
  place: Line(200).optional(),
  segment: Line(200).optional(),
});
export type Scope = z.infer<typeof Scope>;

/** A number to reach, or a change relative to the baseline: 15 is +15 %, 100 is twice. */
export const Target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), value: z.number().finite() }),
  z.object({ kind: z.literal('relative'), percent: z.number().finite().min(-100).max(100_000) }),
]);
export type Target = z.infer<typeof Target>;

export const Baseline = z.object({ value: z.number().finite(), on: LocalDate, source: z.enum(['measured', 'stated']) });

export const Mean = z.object({ what: Line(300), atHand: z.boolean() });

export const goalStatuses = ['on-track', 'at-risk', 'reached', 'missed', 'not-enough-data'] as const;
export const GoalStatus = z.enum(goalStatuses);
export type GoalStatus = z.infer<typeof GoalStatus>;

const goalFields = {
  title: Line(200),
  metric: MetricId,
  target: Target,
  deadlineOn: LocalDate,
};
const goalExtras = {
  objectiveId: ObjectiveId.nullable(),
  scope: Scope,
  /** Null: Goalpost takes the first measured value as the baseline. */
  baseline: Baseline.nullable(),
  startsOn: LocalDate,
  ownerId: PersonId.nullable(),
  means: z.array(Mean).max(50),
  checkpoints: z.enum(['daily', 'weekly', 'monthly', 'end']),
};

export const Goal = z.object({
  id: GoalId,
  ...goalFields,
  ...goalExtras,
  /** False while it is a proposal of Goalpost that nobody has said yes to. */
  yours: z.boolean(),
  revision: Revision,
  createdAt: Instant,
  archivedAt: Instant.nullable(),
});
export type Goal = z.infer<typeof Goal>;

/** How an initiative ends. */
export const InitiativeEnd = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('date'), on: LocalDate }),
  z.object({ kind: z.literal('span'), days: z.int().min(1).max(3_650) }),
  z.object({ kind: z.literal('target-reached') }),
]);

const initiativeFields = {
  title: Line(200),
  startsOn: LocalDate,
  end: InitiativeEnd,
};
const initiativeExtras = {
  description: z.string().max(5_000),
  /** A measure and target of its own; null leaves it to the goal's. */
  metric: MetricId.nullable(),
  target: Target.nullable(),
  scope: Scope,
  means: z.array(Mean).max(50),
  risks: z.array(z.object({ what: Line(300), answer: z.string().max(1_000) })).max(50),
  outsiders: z.array(Line(200)).max(50),
  ownerId: PersonId.nullable(),
};

/** A step that serves a goal. */
export const Initiative = z.object({
  id: InitiativeId,
  goalId: GoalId,
  ...initiativeFields,
  ...initiativeExtras,
  revision: Revision,
  createdAt: Instant,
  archivedAt: Instant.nullable(),
});
export type Initiative = z.infer<typeof Initiative>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}';

export const objectives = {
  list: oc
    .route({ method: 'GET', path: `${base}/objectives`, summary: 'Objectives by rank' })
    .input(ws.extend(PageQuery.shape))
    .output(page(Objective)),
  create: oc
    .route({ method: 'POST', path: `${base}/objectives`, summary: 'Add an objective', successStatus: 201 })
    .input(ws.extend({ title: Line(200), description: z.string().max(5_000).default('') }))
    .output(Objective),
  update: oc
    .route({
      method: 'PATCH',
      path: `${base}/objectives/{objectiveId}`,
      summary: 'Change an objective, or move it to another rank',
    })
    .input(
      ws.extend({
        objectiveId: ObjectiveId,
        revision: Revision,
        title: Line(200).optional(),
        description: z.string().max(5_000).optional(),
        rank: z.int().min(1).optional(),
      }),
    )
    .output(Objective),
  archive: oc
    .route({
      method: 'DELETE',
      path: `${base}/objectives/{objectiveId}`,
      summary: 'Archive an objective; its goals stay, without it',
    })
    .input(ws.extend({ objectiveId: ObjectiveId }))
    .output(z.object({})),
  restore: oc
    .route({
      method: 'POST',
      path: `${base}/objectives/{objectiveId}/restore`,
      summary: 'Take an objective out of the archive, to its rank and with the goals it had',
    })
    .input(ws.extend({ objectiveId: ObjectiveId }))
    .output(Objective),
  adopt: oc
    .route({
      method: 'POST',
      path: `${base}/objectives/{objectiveId}/adopt`,
      summary: 'Say yes to an objective that was proposed',
    })
    .input(ws.extend({ objectiveId: ObjectiveId }))
    .output(Objective),
};

export const goals = {
  list: oc
    .route({ method: 'GET', path: `${base}/goals`, summary: 'Goals, the nearest deadline first' })
    .input(ws.extend(PageQuery.shape).extend({ archived: z.stringbool().default(false) }))
    .output(page(Goal)),
  get: oc
    .route({ method: 'GET', path: `${base}/goals/{goalId}`, summary: 'One goal' })
    .input(ws.extend({ goalId: GoalId }))
    .output(Goal),
  create: oc
    .route({
      method: 'POST',
      path: `${base}/goals`,
      summary: 'Set a goal; title, metric, target and deadline are enough',
      successStatus: 201,
    })
    .input(ws.extend(goalFields).extend(z.object(goalExtras).partial().shape))
    .output(Goal),
  update: oc
    .route({ method: 'PATCH', path: `${base}/goals/{goalId}`, summary: 'Change a goal' })
    .input(
      ws
        .extend({ goalId: GoalId, revision: Revision })
        .extend(z.object({ ...goalFields, ...goalExtras }).partial().shape),
    )
    .output(Goal),
  archive: oc
    .route({ method: 'DELETE', path: `${base}/goals/{goalId}`, summary: 'Archive a goal; its posts and figures stay' })
    .input(ws.extend({ goalId: GoalId }))
    .output(z.object({})),
  restore: oc
    .route({ method: 'POST', path: `${base}/goals/{goalId}/restore`, summary: 'Take a goal out of the archive' })
    .input(ws.extend({ goalId: GoalId }))
    .output(Goal),
  adopt: oc
    .route({ method: 'POST', path: `${base}/goals/{goalId}/adopt`, summary: 'Say yes to a goal that was proposed' })
    .input(ws.extend({ goalId: GoalId }))
    .output(Goal),
};

export const initiatives = {
  list: oc
    .route({ method: 'GET', path: `${base}/initiatives`, summary: 'Initiatives by start, of one goal or of all' })
    .input(ws.extend(PageQuery.shape).extend({ goalId: GoalId.optional() }))
    .output(page(Initiative)),
  create: oc
    .route({ method: 'POST', path: `${base}/initiatives`, summary: 'Add an initiative to a goal', successStatus: 201 })
    .input(ws.extend({ goalId: GoalId }).extend(initiativeFields).extend(z.object(initiativeExtras).partial().shape))
    .output(Initiative),
  update: oc
    .route({ method: 'PATCH', path: `${base}/initiatives/{initiativeId}`, summary: 'Change an initiative' })
    .input(
      ws
        .extend({ initiativeId: InitiativeId, revision: Revision })
        .extend(z.object({ ...initiativeFields, ...initiativeExtras }).partial().shape),
    )
    .output(Initiative),
  archive: oc
    .route({ method: 'DELETE', path: `${base}/initiatives/{initiativeId}`, summary: 'Archive an initiative' })
    .input(ws.extend({ initiativeId: InitiativeId }))
    .output(z.object({})),
  restore: oc
    .route({
      method: 'POST',
      path: `${base}/initiatives/{initiativeId}/restore`,
      summary: 'Take an initiative out of the archive',
    })
    .input(ws.extend({ initiativeId: InitiativeId }))
    .output(Initiative),
};
