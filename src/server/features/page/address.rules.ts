/** Names below /p/ that are the installation's own, or would be mistaken for it. */
const kept = new Set(['media', 'style', 'styles', 'assets', 'static', 'feed', 'feeds', 'api', 'admin', 'goalpost']);

/** May a business choose this address? Its form is held by the contract. */
export const isFreeForPages = (address: string): boolean => !kept.has(address);

/** First characters of a key: what of it stands in addresses. */
export const shortKey = (key: string): string => key.slice(0, 10);

export const isShortKey = (text: string): boolean => /^[0-9a-f]{10}$/.test(text);

/** Can this be the last piece of a post's address? What cannot is not asked of the database. */
export const isSlug = (text: string): boolean => /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}-]{21,120}$/u.test(text);

/** Longest piece of words in an address, in letters. */
const WORDS_MAX = 48;
/** The same as it goes over the wire, where a letter outside a to z is six or nine characters: 28 Thai letters. */
const ENCODED_MAX = 252;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * Last piece of a post's permanent address: the local day it appeared, its short key, and its first words in the
 * script they are written in; Latin letters go without their marks. Without a single letter the words are left out.
 */
export function shapeSlug({ day, key, text }: { day: string; key: string; text: string }): string {
  const words = wordsOf(text);
  return [day, shortKey(key), ...(words === '' ? [] : [words])].join('-');
}

function wordsOf(text: string): string {
  const plain = text
    .replace(/(?:https?:\/\/|www\.)\S+/giu, ' ')
    .toWellFormed()
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/['’]/g, '');
  let words = '';
  for (const run of plain.match(/[\p{Ll}\p{Lo}\p{Lm}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]*/gu)?.slice(0, 8) ?? []) {
    const longer = words === '' ? run : `${words}-${run}`;
    if (isShort(longer)) {
      words = longer;
      continue;
    }
    words = beginRun(words, run);
    break;
  }
  return /\p{L}/u.test(words) ? words : '';
}

/** As many words as fit of a run that writes them without spaces, as Thai does; what has only one is left out. */
function beginRun(before: string, run: string): string {
  const pieces = [...segmenter.segment(run)].map((it) => it.segment);
  let words = before;
  for (const [place, piece] of pieces.length > 1 ? pieces.entries() : []) {
    const longer = place === 0 && before !== '' ? `${before}-${piece}` : `${words}${piece}`;
    if (!isShort(longer)) break;
    words = longer;
  }
  return words;
}

const isShort = (words: string): boolean =>
  words.length <= WORDS_MAX && encodeURIComponent(words).length <= ENCODED_MAX;
