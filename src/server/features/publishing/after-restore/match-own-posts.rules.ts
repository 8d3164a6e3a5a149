import type { OwnPost } from '#connectors/kit/contract.ts';

/** A part that may be out already though nothing here remembers sending it. */
export interface SoughtPart {
  id: string;
  groupId: string;
  position: number;
  role: 'post' | 'comment';
  text: string;
  dueAt: Date;
  /** It is not due yet, but may have been published earlier than planned. */
  isPlanned: boolean;
  /** Its remote id when it is known to be out: what follows it is found beneath it. */
  remoteId: string | null;
}

/** Nothing of ours goes out before it is due; this much is allowed for clocks that differ. */
const EARLY_MS = 2 * 60_000;

/**
 * Says which of the account's own posts are which parts: each post is one part at most, and each part one post. A part is
 * what says the same words at the same place, not before it was due; of several the earliest. What was due takes its post
 * before what is only planned. Links and white space are
 * the network's to rewrite. What has no words is not told apart and stays unmatched. `known` are remote ids that the
 * ledger has already.
 */
export function matchOwnPosts(
  parts: readonly SoughtPart[],
  posts: readonly OwnPost[],
  known: ReadonlySet<string>,
): Map<string, OwnPost> {
  const free = posts.filter(({ sent }) => !known.has(sent.remoteId)).reverse();
  const found = new Map<string, OwnPost>();
  const remoteIds = new Map<string, string>();
  for (const { groupId, position, remoteId } of parts) if (remoteId) remoteIds.set(`${groupId} ${position}`, remoteId);
  const inOrder = parts
    .filter(({ remoteId }) => remoteId === null)
    .toSorted(
      (a, b) =>
        Number(a.isPlanned) - Number(b.isPlanned) || a.dueAt.getTime() - b.dueAt.getTime() || a.position - b.position,
    );
  for (const part of inOrder) {
    const words = wordsOf(part.text);
    const above = part.position === 0 ? null : part.role === 'comment' ? 0 : part.position - 1;
    const replyTo = above === null ? null : remoteIds.get(`${part.groupId} ${above}`);
    // What it would stand beneath is not out, so neither is it.
    if (words === '' || replyTo === undefined) continue;
    const earliest = part.isPlanned ? 0 : part.dueAt.getTime() - EARLY_MS;
    const at = free.findIndex(
      (post) =>
        post.replyTo === replyTo && wordsOf(post.text) === words && (post.at === null || post.at.getTime() >= earliest),
    );
    const [post] = at < 0 ? [] : free.splice(at, 1);
    if (!post) continue;
    found.set(part.id, post);
    remoteIds.set(`${part.groupId} ${part.position}`, post.sent.remoteId);
  }
  return found;
}

/** What of a text a network leaves as it is. */
const wordsOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/gu, ' ')
    .trim();
