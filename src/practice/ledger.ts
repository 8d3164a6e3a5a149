import { z } from 'zod';

const Picture = z.object({ id: z.string(), alt: z.string() });
const Link = z.object({
  url: z.string(),
  title: z.string(),
  description: z.string(),
  /** An uploaded picture. */
  image: z.string().nullable().default(null),
});

/** What a post says. */
export const PostContent = z.object({
  text: z.string(),
  language: z.string(),
  media: z.array(Picture),
  link: Link.nullable(),
});
export type PostContent = z.infer<typeof PostContent>;

/**
 * One line of the ledger: something that the network accepted. The file is the truth about what it accepted; whatever
 * was answered, or not answered, stands nowhere in it.
 */
export const LedgerLine = z.object({
  /** Instant of accepting, by the network's calendar whatever clock it pretends to have towards callers. */
  at: z.string(),
  act: z.enum(['create', 'comment', 'edit', 'delete']),
  /** The account's handle. */
  account: z.string(),
  accountId: z.string(),
  post: z.string(),
  replyTo: z.string().nullable(),
  /** The caller's `Idempotency-Key`, also of accounts that do not honour it. */
  key: z.string().nullable(),
  textHash: z.string(),
  ...PostContent.shape,
});
export type LedgerLine = z.infer<typeof LedgerLine>;

/** A like, a share or a follow. Not in the ledger, because nothing of it is a post. */
const PersonActLine = z.object({
  at: z.string(),
  act: z.enum(['like', 'share', 'follow']),
  accountId: z.string(),
  /** A post's id, or the followed account's. */
  on: z.string(),
});
export type PersonActLine = z.infer<typeof PersonActLine>;

/** Views of a post by people who leave no other trace; one line may stand for many. */
const ViewsLine = z.object({ at: z.string(), act: z.literal('views'), on: z.string(), count: z.int().min(1) });

export const ActLine = z.discriminatedUnion('act', [PersonActLine, ViewsLine]);
export type ActLine = z.infer<typeof ActLine>;
