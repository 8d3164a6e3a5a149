import { z } from 'zod';
import type { Network } from '../network.ts';
import { NewAccount } from '../open-accounts.ts';
import { callKinds, Order } from '../orders.ts';
import { ApiRefusal } from '../refusal.ts';
import { presets } from './presets.ts';

/** What control may do, beyond the network itself. */
export interface Controls {
  network: Network;
  /** Takes no connections for a while, then listens again at the same address. */
  goOut(ms: number): void;
}

const text = z.string().max(200);
const longestOutageMs = 60_000;
const longestPastMs = 366 * 86_400_000;

const OnPost = z.object({ by: text, post: text });
const Crowd = z.object({
  likes: z.array(OnPost).max(5_000).default([]),
  shares: z.array(OnPost).max(5_000).default([]),
  comments: z
    .array(OnPost.extend({ text: z.string().min(1).max(500), language: text }))
    .max(500)
    .default([]),
  views: z
    .array(z.object({ post: text, count: z.int().min(1).max(100_000) }))
    .max(500)
    .default([]),
  follows: z
    .array(z.object({ by: text, handle: text }))
    .max(5_000)
    .default([]),
});

/**
 * Everything that control can do, by name. Each reads its own fields: numbers may come as text, as forms send them.
 * Throws `ApiRefusal` for what makes no sense.
 */
export const controlVerbs: Record<string, (controls: Controls, fields: unknown) => object> = {
  /** Gives an order, in full or by the name of a preset. */
  order({ network }, fields) {
    const named = z.object({ preset: text }).safeParse(fields);
    if (!named.success) return network.orders.give(read(Order, fields));
    const { preset, account, call, times } = read(FormOrder, fields);
    const misbehaviour = presets.get(preset);
    if (!misbehaviour) throw new ApiRefusal(422, 'invalid', 'preset: not known');
    return network.orders.give(Order.parse({ misbehaviour, account: account || null, call: call || null, times }));
  },
  lift({ network }, fields) {
    network.orders.lift(read(z.object({ id: z.coerce.number() }), fields).id);
    return {};
  },
  'lift-all'({ network }) {
    network.orders.liftAll();
    return {};
  },
  'open-account'({ network }, fields) {
    return network.accounts.open(read(NewAccount, fields));
  },
  expire({ network }, fields) {
    network.accounts.expire(idOf(network, fields));
    return {};
  },
  revoke({ network }, fields) {
    network.accounts.revoke(idOf(network, fields));
    return {};
  },
  'read-lag'({ network }, fields) {
    const { ms } = read(z.object({ ms: z.coerce.number().int().min(0).max(60_000) }), fields);
    network.accounts.setReadLag(idOf(network, fields), ms);
    return {};
  },
  clock({ network }, fields) {
    const day = 86_400_000;
    network.clock.skewMs = read(z.object({ ms: z.coerce.number().int().min(-day).max(day) }), fields).ms;
    return {};
  },
  /** Turns the calendar back, so that a history can be lived through; 0 is today again. */
  calendar({ network }, fields) {
    const { ms } = read(z.object({ ms: z.coerce.number().int().min(-longestPastMs).max(0) }), fields);
    network.calendar.aheadMs = ms;
    return {};
  },
  /** What many people do at once: each by handle, each act on a post's id; follows on a handle. */
  crowd({ network }, fields) {
    const { likes, shares, comments, views, follows } = read(Crowd, fields);
    const idOfHandle = (handle: string) => idOf(network, { account: handle });
    network.posts.addAll([
      ...likes.map(({ by, post }) => ({ kind: 'like' as const, accountId: idOfHandle(by), on: post })),
      ...shares.map(({ by, post }) => ({ kind: 'share' as const, accountId: idOfHandle(by), on: post })),
      ...follows.map(({ by, handle }) => ({
        kind: 'follow' as const,
        accountId: idOfHandle(by),
        on: idOfHandle(handle),
      })),
      ...views.map(({ post, count }) => ({ kind: 'views' as const, on: post, count })),
    ]);
    for (const { by, post, text: said, language } of comments) {
      const account = network.accounts.findByHandle(by);
      if (!account) throw new ApiRefusal(404, 'not-found', 'There is no such account.');
      const comment = { text: said, language, media: [], link: null, replyTo: post, isComment: true };
      network.posts.create(account, comment, { key: null, work: null });
    }
    return {};
  },
  outage({ goOut }, fields) {
    goOut(read(z.object({ ms: z.coerce.number().int().min(1).max(longestOutageMs) }), fields).ms);
    return {};
  },
};

const FormOrder = z.object({
  preset: text,
  account: text.optional(),
  call: z.enum(['', ...callKinds]).optional(),
  times: z.coerce.number().int().min(1).max(10_000).default(1),
});

function idOf(network: Network, fields: unknown): string {
  const account = network.accounts.findByHandle(read(z.object({ account: text }), fields).account);
  if (!account) throw new ApiRefusal(404, 'not-found', 'There is no such account.');
  return account.id;
}

function read<T extends z.ZodType>(schema: T, fields: unknown): z.output<T> {
  const found = schema.safeParse(fields);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new ApiRefusal(422, 'invalid', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}
