import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Content, ContentProblem } from './content.ts';
import { Delivery } from './deliveries.ts';
import {
  ChannelId,
  GoalId,
  InitiativeId,
  KeyMessageId,
  PersonaId,
  PersonId,
  PostId,
  VariantId,
  WorkspaceId,
} from './ids.ts';
import { ContentLanguage, Instant, LocalDateTime, PageQuery, page, Revision, Zone } from './terms.ts';

export const pillars = ['promote', 'teach', 'engage', 'curate', 'news', 'proof'] as const;

/** Whom a post serves. `none` is a decision; `undecided` is not one yet. */
export const Serves = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('goal'), goalId: GoalId }),
  z.object({ kind: z.literal('initiative'), initiativeId: InitiativeId }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('undecided') }),
]);
export type Serves = z.infer<typeof Serves>;

/** The post as it is said on one channel. `content` null: as the base text. */
export const Variant = z.object({
  id: VariantId,
  channelId: ChannelId,
  content: Content.nullable(),
  problems: z.array(ContentProblem),
});
export type Variant = z.infer<typeof Variant>;

export const postStates = [
  'draft',
  'scheduled',
  'publishing',
  'published',
  'partly-published',
  'failed',
  'held',
  'unconfirmed',
  'cancelled',
] as const;
export const PostState = z.enum(postStates);
export type PostState = z.infer<typeof PostState>;

export const Post = z.object({
  id: PostId,
  state: PostState,
  content: Content,
  language: ContentLanguage,
  serves: Serves,
  pillar: z.enum(pillars).nullable(),
  personaId: PersonaId.nullable(),
  keyMessageId: KeyMessageId.nullable(),
  variants: z.array(Variant),
  deliveries: z.array(Delivery),
  /** When it is planned for: the wall-clock time in its zone, kept for drafts too. */
  plannedFor: z
    .object({
      local: LocalDateTime,
      zone: Zone,
      at: Instant,
      /** The wall-clock time does not exist that day and was moved on. */
      moved: z.boolean(),
    })
    .nullable(),
  authorId: PersonId,
  revision: Revision,
  createdAt: Instant,
  updatedAt: Instant,
});
export type Post = z.infer<typeof Post>;

const variantInput = z.object({ channelId: ChannelId, content: Content.nullable().default(null) });
const plannedInput = z.object({ local: LocalDateTime, zone: Zone });
/** What a person writes; whatever is absent stays as it is, or as a new draft begins. */
const written = {
  language: ContentLanguage.optional(),
  serves: Serves.optional(),
  pillar: z.enum(pillars).nullable().optional(),
  personaId: PersonaId.nullable().optional(),
  keyMessageId: KeyMessageId.nullable().optional(),
  content: Content.optional(),
  variants: z.array(variantInput).max(50).optional(),
  plannedFor: plannedInput.nullable().optional(),
};

const ws = z.object({ workspaceId: WorkspaceId });
const one = ws.extend({ postId: PostId });
const base = '/workspaces/{workspaceId}';

export const posts = {
  list: oc
    .route({
      method: 'GET',
      path: `${base}/posts`,
      summary: 'Posts; drafts by last change, or what is planned between two instants',
    })
    .input(
      ws.extend(PageQuery.shape).extend({
        state: z.enum(['draft', 'planned', 'all']).default('all'),
        from: Instant.optional(),
        to: Instant.optional(),
        goalId: GoalId.optional(),
        /** Only posts that say this somewhere, whatever its case and the marks on its Latin letters. */
        text: z.string().trim().min(1).max(200).optional(),
      }),
    )
    .output(page(Post)),
  get: oc
    .route({ method: 'GET', path: `${base}/posts/{postId}`, summary: 'One post with its variants and deliveries' })
    .input(one)
    .output(Post),
  create: oc
    .route({ method: 'POST', path: `${base}/posts`, summary: 'Begin a draft', successStatus: 201 })
    .input(ws.extend(written))
    .output(Post),
  update: oc
    .route({
      method: 'PATCH',
      path: `${base}/posts/{postId}`,
      summary: 'Save a post; what is on its way already is refused',
    })
    .input(one.extend({ revision: Revision, ...written }))
    .output(Post),
  schedule: oc
    .route({
      method: 'POST',
      path: `${base}/posts/{postId}/schedule`,
      summary: 'Schedule every variant at a wall-clock time in a zone',
    })
    .input(one.extend({ revision: Revision, at: plannedInput }))
    .output(Post),
  move: oc
    .route({
      method: 'POST',
      path: `${base}/posts/{postId}/move`,
      summary: 'Plan a post for another time; a draft stays a draft, what is scheduled stays scheduled',
    })
    // Null takes the plan off a draft. What is on the calendar always has a time.
    .input(one.extend({ revision: Revision, at: plannedInput.nullable() }))
    .output(Post),
  publishNow: oc
    .route({ method: 'POST', path: `${base}/posts/{postId}/publish`, summary: 'Publish every variant now' })
    .input(one.extend({ revision: Revision }))
    .output(Post),
  cancel: oc
    .route({
      method: 'POST',
      path: `${base}/posts/{postId}/cancel`,
      summary: 'Take what has not gone out yet off the calendar; the post is a draft again',
    })
    .input(one)
    .output(Post),
  remove: oc
    .route({ method: 'DELETE', path: `${base}/posts/{postId}`, summary: 'Delete a post of which nothing went out' })
    .input(one)
    .output(z.object({})),
  restore: oc
    .route({ method: 'POST', path: `${base}/posts/{postId}/restore`, summary: 'Undo a deletion' })
    .input(one)
    .output(Post),
};
