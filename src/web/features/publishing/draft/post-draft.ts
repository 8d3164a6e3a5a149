import type { Content, Part } from '#contract/content.ts';
import type { Question } from '#contract/operations.ts';
import type { Post, Serves } from '#contract/posts.ts';

/** What a person can write about a post. A channel stands in `variants` when the post goes there; null follows the base. */
export interface PostDraft {
  content: Content;
  variants: Record<string, Content | null>;
  language: string;
  serves: Serves;
  pillar: Post['pillar'];
  plannedFor: { local: string; zone: string } | null;
}

/** A part with nothing in it yet. */
export const emptyPart: Part = { text: '', media: [], link: null };

/** A post nobody has written anything of yet. */
export function beginDraft(language: string): PostDraft {
  return {
    content: { parts: [emptyPart] },
    variants: {},
    language,
    serves: { kind: 'undecided' },
    pillar: null,
    plannedFor: null,
  };
}

/** A stored post as its writer sees it. */
export function readDraft(post: Post): PostDraft {
  return {
    content: post.content,
    variants: Object.fromEntries(post.variants.map((it) => [it.channelId, it.content])),
    language: post.language,
    serves: post.serves,
    pillar: post.pillar,
    plannedFor: post.plannedFor ? { local: post.plannedFor.local, zone: post.plannedFor.zone } : null,
  };
}

/** What is sent to keep a draft. */
export function shapeDraft(draft: PostDraft): Omit<Question<'posts', 'create'>, 'workspaceId'> {
  const { content, variants, language, serves, pillar, plannedFor } = draft;
  return {
    content: shapeContent(content),
    variants: Object.entries(variants).map(([channelId, own]) => ({
      channelId,
      content: own === null ? null : shapeContent(own),
    })),
    language,
    serves,
    pillar,
    plannedFor,
  };
}

/** What a channel will say: its own words, or the base. */
export const wordsFor = (draft: PostDraft, channelId: string): Content => draft.variants[channelId] ?? draft.content;

/** Has anyone written anything? */
export function isBlank({ content, variants }: PostDraft): boolean {
  return [content, ...Object.values(variants)].every(
    (it) =>
      it === null ||
      (!it.firstComment?.trim() &&
        it.parts.every((part) => part.text.trim() === '' && part.media.length === 0 && !part.link)),
  );
}

/** Are two drafts, or parts of them, the same whatever the order of their fields? */
export const isSame = (one: unknown, other: unknown): boolean => spell(one) === spell(other);

/** A link that is half-typed is kept here and not sent: the server takes whole addresses only. */
function shapeContent(content: Content): Content {
  const firstComment = content.firstComment?.trim();
  return {
    parts: content.parts.map((part) => ({ ...part, link: part.link && isAddress(part.link) ? part.link : null })),
    ...(firstComment ? { firstComment } : {}),
  };
}

/** Is this a whole web address? */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/.]+\.[^\s]+$|^https?:\/\/localhost\b\S*$/.test(text) && URL.canParse(text);
}

function spell(value: unknown): string {
  return JSON.stringify(value, (_key, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
