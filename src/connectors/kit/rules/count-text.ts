import type { TextUnit } from '../manifest.ts';

/**
 * Counts text as a network counts it: in what a reader sees as one character, in bytes of UTF-8, in UTF-16 units or in
 * code points. A lone surrogate counts as the replacement character that will go out in its place.
 */
export function countText(text: string, unit: TextUnit): number {
  switch (unit) {
    case 'grapheme':
      return countGraphemes(text);
    case 'byte':
      return countBytes(text);
    case 'utf16':
      return text.length;
    case 'code-point':
      return countCodePoints(text);
  }
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
// Without combining marks, joiners and carriage returns every unit is a grapheme: most of what is typed in Latin.
const oneUnitEach = /^[\n\x20-\x7e\xa0-\xac\xae-\u02ff]*$/;

function countGraphemes(text: string): number {
  if (oneUnitEach.test(text)) return text.length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

function countBytes(text: string): number {
  let count = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    count += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return count;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
