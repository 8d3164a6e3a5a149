/**
 * Text as it is compared: without case, without the marks on Latin letters (so that “tra” finds “trà”), with composed and
 * decomposed letters alike. Thai vowels and tones stay: without them words mean something else.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();

/**
 * How well `text` answers what was typed: null when a word of it is missing, else the smaller the better. Parts of words
 * count, since Thai has no spaces between words.
 */
export function rankMatch(query: string, text: string): number | null {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  const folded = fold(text);
  if (!wanted.every((it) => folded.includes(it))) return null;
  const first = wanted[0] ?? '';
  if (folded.startsWith(first)) return 0;
  return folded.split(/[\s\p{P}]+/u).some((word) => word.startsWith(first)) ? 1 : 2;
}
