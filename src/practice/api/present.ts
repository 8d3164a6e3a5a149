import type { Account, Tokens } from '../open-accounts.ts';
import type { Post } from '../open-posts.ts';
import type { Ask } from './ask.ts';

/** A post as the API tells it. A deleted one is a tombstone: that it was there, and no words. */
export function presentPost({ network, origin }: Pick<Ask, 'network' | 'origin'>, post: Post) {
  const { id, replyTo, isComment, state, deletedAt, editedAt } = post;
  const time = (at: Date) => new Date(at.getTime() + network.clock.skewMs).toISOString();
  const place = {
    id,
    account: network.accounts.find(post.accountId)?.handle ?? '',
    address: `${origin}/posts/${id}`,
    createdAt: time(post.at),
    replyTo,
    comment: isComment,
  };
  if (deletedAt) return { ...place, state: 'deleted' };
  const { text, language, media, link } = post;
  return { ...place, state, text, language, media, link, editedAt: editedAt && time(editedAt) };
}

/** What signing in and refreshing answer. */
export function presentSession({ id, handle, name, kind }: Account, tokens: Tokens, origin: string) {
  return { account: { id, handle, name, kind, address: `${origin}/@${handle}` }, ...tokens };
}
