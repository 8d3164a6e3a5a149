import type { Post } from '#contract/posts.ts';

/** The first words of a post: of its base text, or else of a channel's own. */
export function excerptOf(post: Pick<Post, 'content' | 'variants'>): string {
  const contents = [post.content, ...post.variants.map((it) => it.content)];
  const text = contents.flatMap((it) => it?.parts.map((part) => part.text.trim()) ?? []).find((it) => it !== '') ?? '';
  const letters = Array.from(text.replace(/\s+/g, ' '));
  return letters.length > 120 ? `${letters.slice(0, 119).join('')}…` : letters.join('');
}
