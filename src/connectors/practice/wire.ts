import { z } from 'zod';
import { count, instant, listOf, text } from '../kit/wire.ts';
import { accountKinds } from './credential.ts';

/** What the practice network answers, as far as we read it. */

const Id = text(100).regex(/^[A-Za-z0-9-]+$/);
const Handle = text(60).regex(/^[a-z0-9][a-z0-9-]*$/);

export const ErrorBody = z.object({
  error: text(200).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  field: text(200).optional().catch(undefined),
  reason: text(200).optional().catch(undefined),
  permission: text(200).optional().catch(undefined),
  scope: text(50).optional().catch(undefined),
  existingId: Id.optional().catch(undefined),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** Signing in. An empty or partial answer does not parse, so it can replace nothing. */
export const Session = z.object({
  account: z.object({
    id: Id,
    handle: Handle,
    name: text(1_000),
    kind: z.enum(accountKinds),
    quota: z.int().min(1).max(1_000_000).nullish().catch(null),
  }),
  accessToken: text(500).min(1),
  refreshToken: text(500).min(1),
  expiresIn: z.number().min(1).max(31_536_000),
  /** Until nothing renews them any more, where there is such an end. */
  endsIn: z
    .number()
    .min(0)
    .max(315_360_000)
    .nullish()
    .transform((seconds) => seconds ?? null),
});
export type Session = z.infer<typeof Session>;

/** Refreshing. What it leaves out, or leaves empty, is for `takeTokens` to judge. */
export const RenewedSession = Session.extend({
  accessToken: text(500).optional(),
  refreshToken: text(500).nullish().catch(undefined),
});

export const Me = z.object({ id: Id, followers: count });
export const UploadedPicture = z.object({ id: Id });
/** An upload in parts: the next one begins at the offset. */
export const UploadSoFar = z.object({ id: Id, sizeBytes: z.int().min(1), offsetBytes: z.int().min(0) });
export const NewContainer = z.object({ id: Id });
export const Working = z.object({ state: z.literal('processing'), token: Id });

const place = { id: Id, account: Handle, replyTo: Id.nullable(), comment: z.boolean() };
const Picture = z.object({ id: Id, alt: text(10_000) });
/** A post of one's own; of a deleted one only that it was there. */
export const Post = z.discriminatedUnion('state', [
  z.object({ ...place, state: z.literal('deleted') }),
  z.object({
    ...place,
    state: z.enum(['live', 'processing', 'failed']),
    text: text(20_000),
    media: z.array(Picture).max(50),
    editedAt: text(64).nullable(),
  }),
]);
export type Post = z.infer<typeof Post>;

/** Strict: a list with an entry that cannot be read proves nothing about what is not in it. */
export const RecentPosts = z.object({ posts: z.array(Post).max(200), before: Id.nullable() });

export const Container = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('published'), post: Post }),
]);

export const Processing = z.discriminatedUnion('state', [
  z.object({ state: z.literal('processing') }),
  z.object({ state: z.literal('failed'), reason: text(200) }),
  z.object({ state: z.literal('live'), post: Post }),
]);

const FiguresOfPost = z.object({
  id: Id,
  gone: z.literal(true).optional().catch(undefined),
  likes: count,
  shares: count,
  comments: count,
  views: count,
});
export type FiguresOfPost = z.infer<typeof FiguresOfPost>;
export const Figures = z.object({ figures: listOf(FiguresOfPost) });

const Act = z.object({
  id: text(300).min(1),
  kind: z.enum(['like', 'share', 'comment']),
  account: z.object({ id: Id, handle: Handle, name: z.string() }),
  text: z.string().nullable(),
  at: instant.nullable(),
});
export type Act = z.infer<typeof Act>;
export const Acts = z.object({ engagements: listOf(Act) });
