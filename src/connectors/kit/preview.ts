import type { Content } from '#contract/content.ts';

/** What a network's preview is given. It draws the post about as the network will, in light and dark, and says no words of its own. */
export interface PreviewProps {
  content: Content;
  /** BCP 47 language of the content, for the right line breaks and letter shapes. */
  language: string;
  account: { name: string; handle: string; pictureUrl?: string | null };
  /** Pictures and videos (those with a still) of the content by medium id; what is missing is drawn as an empty frame. */
  media: ReadonlyMap<string, { url: string; width: number; height: number; posterUrl?: string | null }>;
  /** What is known of the pages behind links, by address. */
  pages?: ReadonlyMap<string, { title: string; description: string; imageUrl: string | null }>;
}
