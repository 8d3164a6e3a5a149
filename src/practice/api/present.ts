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
  const shown = network.accounts.find(post.accountId)?.rewrites ? rewrite(text, origin) : text;
  return { ...place, state, text: shown, language, media, link, editedAt: editedAt && time(editedAt) };
}

/** Links hidden behind one of the network's own, a name for each handle, and one kind of white space. */
const rewrite = (text: string, origin: string): string =>
  text
    .normalize('NFD')
    .replace(/https?:\/\/\S+/g, (link) => `${origin}/l/${link.length}`)
    .replace(
      /(?<!\S)@([a-z0-9-]+)/g,
      (_, handle: string) => `${handle.charAt(0).toUpperCase()}${handle.slice(1)} Baker`,
    )
    .replace(/\s+/g, '\u00a0');

/** What signing in and refreshing answer. */
export function presentSession({ id, handle, name, kind, quota }: Account, tokens: Tokens, origin: string) {
  return { account: { id, handle, name, kind, quota, address: `${origin}/@${handle}` }, ...tokens };
}
