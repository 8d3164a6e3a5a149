import { z } from 'zod';
import type { AccountCall, Prepared, Sent } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, said } from '../kit/faults.ts';
import { holdsSame } from '../kit/rules/index.ts';
import { type Credential, readCredential, unreadableCredential } from './credential.ts';
import type { Post } from './wire.ts';

/** What is frozen before a send: the body as it goes out, and where to begin looking for it. */
const Frozen = z.object({
  accountId: z.string(),
  post: z.object({
    text: z.string(),
    language: z.string(),
    media: z.array(z.object({ id: z.string(), alt: z.string() })),
    link: z
      .object({ url: z.string(), title: z.string(), description: z.string(), image: z.string().nullable() })
      .nullable(),
    replyTo: z.string().nullable(),
    comment: z.boolean(),
  }),
  /** The account's newest post before the send, for accounts that keep no keys. */
  after: z.string().nullable(),
  /** What `send` publishes, on accounts that take a post in two steps. */
  container: z.string().nullable().default(null),
});
export type Frozen = z.infer<typeof Frozen>;

/** The credential and what was frozen, which must be of the same account. */
export function readStart(
  call: AccountCall,
  prepared: Prepared,
): Outcome<{ credential: Credential; frozen: Frozen }, Fault> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const frozen = Frozen.safeParse(prepared.request);
  if (!frozen.success) return fail({ kind: 'contract-broken', path: 'prepared', said: said(frozen.error.message) });
  if (frozen.data.accountId !== credential.accountId) {
    const words = 'Prepared for another account than the connected one.';
    return fail({ kind: 'contract-broken', path: 'prepared.accountId', said: words });
  }
  return ok({ credential, frozen: frozen.data });
}

/** Whether a post says what we wrote, however the network shows it, at the place where we wrote it. */
export function saysSame(post: Post, { post: ours }: Frozen, server: string): boolean {
  const rewriting = { shorteners: [new URL(server).host], mentions: true };
  if (post.state === 'deleted' || !holdsSame(ours.text, post.text, rewriting)) return false;
  if (post.replyTo !== ours.replyTo || post.comment !== ours.comment) return false;
  return post.media.length === ours.media.length && post.media.every(({ id }, index) => id === ours.media[index]?.id);
}

/** By the origin that was connected, whatever address the answer names. */
export const asSent = (server: string, id: string): Sent => ({
  remoteId: id,
  address: `${server}/posts/${id}`,
  receipt: null,
});
