import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLinks } from './find-links.ts';

const urls = (text: string) => findLinks(text).map((link) => link.url);

test.each([
  ['See https://example.com/menu.', ['https://example.com/menu']],
  ['(see https://example.com/a_(b))', ['https://example.com/a_(b)']],
  ['[https://example.com]!', ['https://example.com']],
  ['www.example.com, open today', ['https://www.example.com']],
  ['ดูเมนูที่https://example.com/เมนู ได้เลย', ['https://example.com/เมนู']],
  ['「https://example.com/東京」です。', ['https://example.com/東京']],
  ['two: http://a.example?x=1&y=2#z and https://b.example', ['http://a.example?x=1&y=2#z', 'https://b.example']],
  ['HTTPS://EXAMPLE.COM', ['HTTPS://EXAMPLE.COM']],
  ['mail me@www.example.com or xhttp://no.example', []],
  ['no link at all: example', []],
])('%s', (text, expected) => expect(urls(text)).toEqual(expected));

test.each(['https://', 'https://nowhere', 'http://a..b', 'https://user:secret@example.com', 'https://exa%mple.com'])(
  'what looks like an address and is none is told as such: %s',
  (text) => expect(urls(text)).toEqual([null]),
);

test('every link stands where it says, and none overlaps another', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.constantFrom(' ', '(', ')', '.', 'ก', '\n', 'www.', 'https://'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      let before = 0;
      for (const link of findLinks(text)) {
        expect(text.slice(link.start, link.end)).toBe(link.text);
        expect(link.start).toBeGreaterThanOrEqual(before);
        before = link.end;
      }
    }),
  );
});

test('a hostile text takes no longer than its length deserves', () => {
  const startedAt = performance.now();
  for (const text of [`https://a.example/${')'.repeat(20_000)}`, 'https://'.repeat(2_500), 'www.'.repeat(5_000)]) {
    findLinks(text);
  }
  expect(performance.now() - startedAt).toBeLessThan(300);
});
