import type { Share } from '../../../pwa/share-store.ts';
import { isAddress } from '../draft/post-draft.ts';

/**
 * What a post says of what was shared. Apps put a link now into its own field, now into the text: a text that is nothing
 * but an address is the link. A title that the text has already is not said twice.
 */
export function readShare({ title, text, link }: Pick<Share, 'title' | 'text' | 'link'>): {
  text: string;
  link: string | null;
} {
  const given = link.trim() || (isAddress(text.trim()) ? text.trim() : '');
  const words = text.trim() === given ? '' : text.trim();
  const heading = words.includes(title.trim()) ? '' : title.trim();
  const said = [heading, words].filter(Boolean).join('\n\n');
  if (isAddress(given)) return { text: said, link: given };
  return { text: [said, given].filter(Boolean).join('\n\n'), link: null };
}
