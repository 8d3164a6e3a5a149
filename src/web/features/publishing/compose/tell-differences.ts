import type { Content } from '#contract/content.ts';

/** A stretch of text that both have, that only the own text has, or that it left out. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What a channel's own words change of the base. */
export interface Differences {
  /** The text of each part against the base's, in order; parts that are the same are not among them. */
  parts: { position: number; stretches: Stretch[] }[];
  pictures: boolean;
  link: boolean;
  comment: boolean;
}

/** Tells what differs from the base; null where nothing does. */
export function tellDifferences(base: Content, own: Content, language: string): Differences | null {
  const count = Math.max(base.parts.length, own.parts.length);
  const each = Array.from({ length: count }, (_, position) => ({
    position,
    was: base.parts[position],
    is: own.parts[position],
  }));
  const differs = (pick: (part: Content['parts'][number]) => unknown) =>
    each.some(({ was, is }) => JSON.stringify(was ? pick(was) : null) !== JSON.stringify(is ? pick(is) : null));
  const parts = each
    .filter(({ was, is }) => (was?.text ?? '') !== (is?.text ?? ''))
    .map(({ position, was, is }) => ({ position, stretches: diffText(was?.text ?? '', is?.text ?? '', language) }));
  const found = {
    parts,
    pictures: differs((it) => (it.media.length > 0 ? it.media : null)),
    link: differs((it) => it.link || null),
    comment: (base.firstComment ?? '').trim() !== (own.firstComment ?? '').trim(),
  };
  return found.parts.length > 0 || found.pictures || found.link || found.comment ? found : null;
}

/** Beyond so many pairs of words the middle is shown as changed as a whole. */
const mostPairs = 1_000_000;

/** The shortest way from one text to another, word by word as the language has words. */
export function diffText(was: string, is: string, language: string): Stretch[] {
  const [from, to] = [wordsOf(was, language), wordsOf(is, language)];
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < from.length - start && end < to.length - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  const stretches: Stretch[] = [];
  const add = (kind: Stretch['kind'], text: string) => {
    const last = stretches.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') stretches.push({ kind, text });
  };
  add('same', from.slice(0, start).join(''));
  walk(from.slice(start, from.length - end), to.slice(start, to.length - end), add);
  add('same', from.slice(from.length - end).join(''));
  return stretches;
}

/** Walks both along their longest common run of words. */
function walk(from: string[], to: string[], add: (kind: Stretch['kind'], text: string) => void): void {
  if (from.length * to.length > mostPairs) {
    add('removed', from.join(''));
    add('added', to.join(''));
    return;
  }
  const width = to.length + 1;
  const lengths = new Uint32Array((from.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = from.length - 1; i >= 0; i -= 1)
    for (let j = to.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      add('same', from[i] ?? '');
      i += 1;
      j += 1;
    } else if (j >= to.length || (i < from.length && at(i + 1, j) >= at(i, j + 1))) {
      add('removed', from[i] ?? '');
      i += 1;
    } else {
      add('added', to[j] ?? '');
      j += 1;
    }
  }
}

const wordsOf = (text: string, language: string): string[] =>
  [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map((it) => it.segment);
