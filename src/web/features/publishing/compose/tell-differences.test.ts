import { expect, test } from 'vitest';
import type { Content } from '#contract/content.ts';
import { diffText, type Stretch, tellDifferences } from './tell-differences.ts';

const says = (...texts: string[]): Content => ({ parts: texts.map((text) => ({ text, media: [], link: null })) });
const spell = (stretches: Stretch[]) =>
  stretches.map(({ kind, text }) => ({ same: text, added: `+[${text}]`, removed: `-[${text}]` })[kind]).join('');

test('words that were taken out and put in are marked, the rest is not', () => {
  expect(spell(diffText('Our bread at seven, coffee too.', 'Our fresh bread at seven.', 'en'))).toBe(
    'Our +[fresh ]bread at seven-[, coffee too].',
  );
});

test('both texts can be read out of what is told', () => {
  const [was, is] = ['One two three four five', 'Zero two four five six'];
  const told = diffText(was, is, 'en');
  const read = (left: Stretch['kind']) =>
    told
      .filter((it) => it.kind !== left)
      .map((it) => it.text)
      .join('');
  expect([read('added'), read('removed')]).toEqual([was, is]);
});

test('Thai is told word by word although it has no spaces', () => {
  expect(spell(diffText('ขนมปังอบใหม่ทุกเช้า', 'ขนมปังอบใหม่ทุกวัน', 'th'))).toBe('ขนมปังอบใหม่ทุก-[เช้า]+[วัน]');
});

test('the same says nothing; pictures, link, comment and a part too many are told', () => {
  const base = says('One');
  expect(tellDifferences(base, says('One'), 'en')).toBeNull();
  const picture = { parts: [{ text: 'One', media: [{ mediumId: 'm', alt: '' }], link: null }] } as unknown as Content;
  expect(tellDifferences(base, picture, 'en')).toMatchObject({ parts: [], pictures: true, link: false });
  expect(tellDifferences(base, { ...base, firstComment: 'Hours' }, 'en')).toMatchObject({ comment: true });
  expect(tellDifferences(base, says('One', 'Two'), 'en')?.parts).toEqual([
    { position: 1, stretches: [{ kind: 'added', text: 'Two' }] },
  ]);
});

test('texts too long to compare word by word are still told', () => {
  const long = (word: string) => Array.from({ length: 1_500 }, (_, at) => `${word}${at}`).join(' ');
  expect(diffText(long('a'), long('b'), 'en').map((it) => it.kind)).toEqual(['removed', 'added']);
});
