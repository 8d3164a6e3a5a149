import type { Post } from '#contract/posts.ts';

/** When nothing has gone out on a channel yet. */
const usual = '10:00';

/** The time (HH:mm) at which a post's channels were last planned among these posts; ten o'clock when they were not. */
export function proposeTime(post: Pick<Post, 'variants'>, planned: readonly Post[]): string {
  const channels = new Set<string>(post.variants.map((it) => it.channelId));
  const [last] = planned
    .filter((it) => it.plannedFor !== null && it.variants.some((one) => channels.has(one.channelId)))
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  return last?.plannedFor?.local.slice(11, 16) ?? usual;
}
