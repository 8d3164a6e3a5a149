/** Names below /p/ that are the installation's own, or would be mistaken for it. */
const kept = new Set(['media', 'style', 'styles', 'assets', 'static', 'feed', 'feeds', 'api', 'admin', 'goalpost']);

/** May a business choose this address? Its form is held by the contract. */
export const isFreeForPages = (address: string): boolean => !kept.has(address);

/** First characters of a key: what of it stands in addresses. */
export const shortKey = (key: string): string => key.slice(0, 10);

export const isShortKey = (text: string): boolean => /^[0-9a-f]{10}$/.test(text);

/** Can this be the last piece of a post's address? What cannot is not asked of the database. */
export const isSlug = (text: string): boolean => /^[0-9a-z-]{21,100}$/.test(text);

/** Longest piece of words in an address. */
const WORDS_MAX = 48;

/**
 * Last piece of a post's permanent address: the local day it appeared, its short key, and its first words as far as
 * they can be written in plain letters. Writing without such letters leaves the words out.
 */
export function shapeSlug({ day, key, text }: { day: string; key: string; text: string }): string {
  const words = wordsOf(text);
  return [day, shortKey(key), ...(words === '' ? [] : [words])].join('-');
}

function wordsOf(text: string): string {
  const plain = text
    .replace(/(?:https?:\/\/|www\.)\S+/giu, ' ')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae')
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '');
  let words = '';
  for (const word of plain.match(/[a-z0-9]+/g)?.slice(0, 8) ?? []) {
    const longer = words === '' ? word : `${words}-${word}`;
    if (longer.length > WORDS_MAX) break;
    words = longer;
  }
  return words;
}
