import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countText } from './count-text.ts';

const graphemes = [
  'a',
  'é',
  'e\u0301',
  'ß',
  ' ',
  '\n',
  '\r\n',
  'ก',
  'กำ',
  'ที่',
  'น้ำ',
  'ผู้',
  'ế',
  'e\u0302\u0301',
  'ữ',
  'u\u031b\u0303',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  '👍🏽',
  '🇹🇭',
  '1️⃣',
  '❤️',
  '한',
  '\u1112\u1161\u11ab',
  '東',
  'ش',
  'بِ',
  'שׁ',
  'ñ',
  'z\u0335\u0321',
];
// Cut apart they would join their neighbours in other ways (flags pair up, a CR takes the LF).
const apart = (list: string[]) => list.join('|');
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('graphemes', () => {
  test.each(graphemes)('%j is one character to its reader', (text) => expect(countText(text, 'grapheme')).toBe(1));

  test('counts what readers see in Thai, Vietnamese, Arabic and emoji', () => {
    expect(countText('ร้านเบเกอรี่เปิดแล้ว', 'grapheme')).toBe(15);
    expect(countText('Tiếng Việt rất đẹp', 'grapheme')).toBe(18);
    expect(countText('Tiếng Việt rất đẹp'.normalize('NFD'), 'grapheme')).toBe(18);
    expect(countText('مَرْحَبًا', 'grapheme')).toBe(5);
    expect(countText('👩‍👩‍👧‍👦🏳️‍🌈👍🏽', 'grapheme')).toBe(3);
  });

  test('a text of characters set apart has as many as were put in', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...graphemes), { minLength: 1, maxLength: 60 }), (list) => {
        expect(countText(apart(list), 'grapheme')).toBe(list.length * 2 - 1);
      }),
    );
  });

  test('the short way for Latin letters counts as the long way does', () => {
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    const latin = fc.string({ unit: fc.integer({ min: 0, max: 0x2ff }).map((c) => String.fromCharCode(c)) });
    fc.assert(
      fc.property(latin, (text) => {
        expect(countText(text, 'grapheme')).toBe([...segmenter.segment(text)].length);
      }),
    );
  });
});

test('bytes are those of the UTF-8 that goes out, lone surrogates too', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(countText(text, 'byte')).toBe(new TextEncoder().encode(text).length);
    }),
  );
  for (const codePoint of [0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff]) {
    const text = String.fromCodePoint(codePoint);
    expect(countText(text, 'byte')).toBe(new TextEncoder().encode(text).length);
  }
  expect(countText('ก', 'byte')).toBe(3);
  expect(countText('👍🏽', 'byte')).toBe(8);
  expect(countText('\ud800', 'byte')).toBe(3);
});

test('no text has more graphemes than code points, code points than UTF-16 units, units than bytes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const counts = (['grapheme', 'code-point', 'utf16', 'byte'] as const).map((unit) => countText(text, unit));
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    }),
  );
});

test('a long Thai text is counted between two key strokes', () => {
  const text = 'ร้านเบเกอรี่เปิดแล้ว '.repeat(1_000);
  countText(text, 'grapheme');
  const startedAt = performance.now();
  countText(text, 'grapheme');
  expect(performance.now() - startedAt).toBeLessThan(50);
});
