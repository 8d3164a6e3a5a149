import { romanizeThai } from './romanize-thai.rules.ts';

/** Longest address of a page. */
const MAX = 40;

/**
 * Addresses for the page of a business, the best first: its name, the name with the place, then the name with a
 * number. Thai is written in Latin letters; of a name in letters that cannot be, the place or the kind of business
 * stands in. All of them have the form that an address must have.
 */
export function suggestAddresses({ name, place, kind }: { name: string; place: string; kind: string }): string[] {
  const called = slugOf(name);
  const there = slugOf(place);
  const first = [called, there, kind].find((it) => it.length >= 3) ?? 'page';
  const second = called.length >= 3 ? there : there.length >= 3 ? kind : '';
  const withSecond = second === '' || first.includes(second) ? [] : [joined(first, second)];
  const numbered = Array.from({ length: 98 }, (_, index) => joined(first, String(index + 2)));
  return [joined(first, ''), ...withSecond, ...numbered];
}

/** Both parts in one address; the second is never cut. */
function joined(first: string, second: string): string {
  const end = second === '' ? '' : `-${second.slice(0, MAX - 4)}`;
  return `${first.slice(0, MAX - end.length).replace(/-+$/, '')}${end}`.replace(/-+$/, '');
}

function slugOf(text: string): string {
  const words = [...new Intl.Segmenter('th', { granularity: 'word' }).segment(text.replace(/['’]/g, ''))]
    .filter((it) => it.isWordLike)
    .map((it) => romanizeThai(it.segment));
  return words
    .join('-')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/ß/g, 'ss')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/[æÆ]/g, 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
