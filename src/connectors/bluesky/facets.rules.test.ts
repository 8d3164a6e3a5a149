import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findFacets } from './facets.rules.ts';

const found = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return findFacets(text).map(({ byteStart, byteEnd, feature }) => {
    const written = new TextDecoder().decode(bytes.subarray(byteStart, byteEnd));
    return [written, Object.values(feature).at(-1)];
  });
};

test.each([
  ['@anna.test hi', [['@anna.test', 'anna.test']]],
  ['hi @Anna.BSKY.social!', [['@Anna.BSKY.social', 'anna.bsky.social']]],
  [
    '(@a-b.example) “@c.example”',
    [
      ['@a-b.example', 'a-b.example'],
      ['@c.example', 'c.example'],
    ],
  ],
  ['mail anna@example.com @anna @1.2.3.4 @-a.test @a..b', []],
  [
    '#ขนมปัง, #bread! #Tiếng_Việt',
    [
      ['#ขนมปัง', 'ขนมปัง'],
      ['#bread', 'bread'],
      ['#Tiếng_Việt', 'Tiếng_Việt'],
    ],
  ],
  ['#1 #2026 # #! a#b ##c #️⃣', []],
  [
    '#3days ＃東京 (#a)',
    [
      ['#3days', '3days'],
      ['＃東京', '東京'],
      ['#a', 'a'],
    ],
  ],
  ['👩‍👩‍👧‍👦 #می‌خواهم', [['#می‌خواهم', 'می‌خواهم']]],
  [
    'https://example.com/#top @x.test',
    [
      ['https://example.com/#top', 'https://example.com/#top'],
      ['@x.test', 'x.test'],
    ],
  ],
  ['see www.example.com/@me.test.', [['www.example.com/@me.test', 'https://www.example.com/@me.test']]],
  [`#${'a'.repeat(64)} #${'a'.repeat(65)}`, [[`#${'a'.repeat(64)}`, 'a'.repeat(64)]]],
  ['#ก(@a.test', [['@a.test', 'a.test']]],
  ['', []],
])('%s', (text, expected) => expect(found(text)).toEqual(expected));

test('places are in order, apart, inside the text and on whole characters', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 10 }),
    fc.constantFrom(' ', '\n', '#', '@a.test', '#ก', 'https://a.example/', 'ที่', '👍🏽', '(', ')', '\ud83d'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('').toWellFormed();
      const bytes = new TextEncoder().encode(text);
      let before = 0;
      for (const { byteStart, byteEnd } of findFacets(text)) {
        expect(byteStart).toBeGreaterThanOrEqual(before);
        expect(byteEnd).toBeGreaterThan(byteStart);
        expect(byteEnd).toBeLessThanOrEqual(bytes.length);
        const part = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(byteStart, byteEnd));
        expect(text).toContain(part);
        before = byteEnd;
      }
    }),
  );
});

test('a hostile text takes no longer than its length deserves', () => {
  const startedAt = performance.now();
  for (const text of [`@${'a.'.repeat(5_000)}`, `@${'a-'.repeat(5_000)}`, '#'.repeat(10_000), ' @a'.repeat(5_000)]) {
    findFacets(text);
  }
  expect(performance.now() - startedAt).toBeLessThan(500);
});
