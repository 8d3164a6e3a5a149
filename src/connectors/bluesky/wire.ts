import { z } from 'zod';
import { count, instant, listOf, text } from '../kit/wire.ts';

/**
 * What Bluesky answers, as far as we read it. Fields that we do not know are dropped, fields of a length that no honest
 * server sends make the answer unreadable, and one bad entry of a list does not take the others with it.
 */

const Token = text(10_000).min(1);
export const Did = text(256).regex(/^did:[a-z]+:[A-Za-z0-9._:%-]+$/);
const Handle = text(253).min(1);
const AtUri = text(1_000).regex(/^at:\/\/[^\s/]+\/[^\s/]+\/[^\s/]+$/);
const Cid = text(200).regex(/^[A-Za-z0-9]+$/);

export const ErrorBody = z.object({
  error: text(200).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});

const DidDocument = z.object({
  service: listOf(z.object({ id: text(300), type: text(100), serviceEndpoint: text(500) })),
});

/** createSession. An empty or partial answer does not parse, so it can replace nothing. */
export const Session = z.object({
  accessJwt: Token,
  refreshJwt: Token,
  did: Did,
  handle: Handle,
  didDoc: DidDocument.optional().catch(undefined),
  active: z.boolean().optional().catch(undefined),
});
export type Session = z.infer<typeof Session>;

/** refreshSession. What it leaves out, or leaves empty, is for `takeTokens` to judge. */
export const RenewedSession = z.object({
  accessJwt: text(10_000).optional(),
  refreshJwt: text(10_000).nullish().catch(undefined),
  did: Did,
});

export const ResolvedHandle = z.object({ did: Did });

/** A stored file as a record names it. */
export const Blob = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: Cid }),
  mimeType: text(100),
  size: z.int().min(0),
});
export type Blob = z.infer<typeof Blob>;
export const UploadedBlob = z.object({ blob: Blob });

export const WrittenRecord = z.object({ uri: AtUri, cid: Cid });
/** Posts of an account as they lie in its repository; of each what tells it apart. */
export const ListedPosts = z.object({
  cursor: text(1_000).optional().catch(undefined),
  records: listOf(
    z.object({
      uri: AtUri,
      cid: Cid,
      value: z.object({
        text: text(20_000),
        createdAt: instant.nullable().catch(null),
        reply: z
          .object({ parent: z.object({ uri: AtUri }) })
          .optional()
          .catch(undefined),
      }),
    }),
  ),
});
export const StoredRecord = z.object({ uri: AtUri, cid: Cid, value: z.record(z.string(), z.unknown()) });

const Actor = z.object({
  did: Did,
  handle: Handle,
  displayName: z.string().optional().catch(undefined),
});
export type Actor = z.infer<typeof Actor>;

export const Profile = Actor.extend({ followersCount: count });

const PostView = z.object({
  uri: AtUri,
  author: Actor,
  record: z.object({ text: z.string().optional().catch(undefined) }),
  indexedAt: instant,
  likeCount: count,
  repostCount: count,
  replyCount: count,
  quoteCount: count,
  bookmarkCount: count,
});
export type PostView = z.infer<typeof PostView>;

export const Posts = z.object({ posts: listOf(PostView) });
const cursor = text(1_000).optional().catch(undefined);
export const Likes = z.object({ likes: listOf(z.object({ actor: Actor, indexedAt: instant })), cursor });
export const RepostedBy = z.object({ repostedBy: listOf(Actor), cursor });
export const Quotes = z.object({ posts: listOf(PostView), cursor });
export const Thread = z.object({ thread: z.object({ replies: listOf(z.object({ post: PostView })).optional() }) });
