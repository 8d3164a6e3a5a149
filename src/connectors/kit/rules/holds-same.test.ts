import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsSame, type Rewriting } from './holds-same.ts';

const all: Rewriting = { shorteners: ['t.co'], mentions: true };

describe('a text that a network rewrote', () => {
  it.each<[string, string, string, Rewriting?]>([
    ['white space', 'Fresh bread\n\n at  seven', 'Fresh bread at seven '],
    ['no-break blanks and marks that show nothing', 'Fresh bread at 7', 'Fresh\u00a0bread\u200b at 7\ufeff'],
    ['letters in two pieces', 'Bäckerei café', 'Ba\u0308ckerei cafe\u0301'],
    ['emoji with or without their mark', 'I ❤️ bread', 'I ❤ bread'],
    ['a slash', 'Look: https://shop.example', 'Look: https://shop.example/'],
    ['www. and the scheme', 'Look: http://www.shop.example/a', 'Look: https://shop.example/a'],
    ['tracking put on', 'Look: https://shop.example/a', 'Look: https://shop.example/a?utm_source=x&fbclid=1'],
    [
      'tracking taken off',
      'Look: https://shop.example/a?b=2&utm_campaign=y&a=1',
      'Look: https://shop.example/a?a=1&b=2',
    ],
    [
      'a link hidden behind another',
      'Fresh bread today: https://shop.example/a.',
      'Fresh bread today: https://t.co/x1.',
      all,
    ],
    ['a link cut for show', 'Fresh bread: https://shop.example/bread/rye', 'Fresh bread: shop.example/bread/r…'],
    ['a name for a handle', 'Thanks @clara for the fine bread', 'Thanks Clara Oswald for the fine bread', all],
    ['a server behind a handle', 'Thanks @clara for the fine bread', 'Thanks @clara@a.example for the fine bread', all],
    [
      'HTML',
      'Tom & "Jerry" <3\nhttps://shop.example/a',
      '<p>Tom &amp; &quot;Jerry&quot; &lt;3<br /><a href="https://shop.example/a"><span class="i">https://</span>shop.example/a</a></p>',
      { html: true },
    ],
    ['Thai', 'ขนมปังใหม่ https://shop.example/ก', 'ขนมปังใหม่ https://shop.example/%E0%B8%81'],
  ])('is known again: %s', (_, ours, theirs, rewriting) => {
    expect(holdsSame(ours, theirs, rewriting)).toBe(true);
  });

  it.each<[string, string, string, Rewriting?]>([
    ['other words', 'Fresh bread at seven', 'Fresh bread at eight', all],
    ['more words', 'Fresh bread', 'Fresh bread today', all],
    ['fewer words', 'Fresh bread today', 'Fresh bread', all],
    ['another case', 'Fresh Bread', 'fresh bread', all],
    ['another link', 'Fresh bread today: https://shop.example/a', 'Fresh bread today: https://shop.example/b', all],
    ['another query', 'Look: https://shop.example/?id=1', 'Look: https://shop.example/?id=2', all],
    ['a link of somebody else', 'Look: https://shop.example/a', 'Look: https://shop.example.evil.test/a', all],
    [
      'a hidden link where nothing is hidden',
      'Fresh bread today: https://a.example/a',
      'Fresh bread today: https://t.co/x',
    ],
    ['nothing but a hidden link', 'https://shop.example/a', 'https://t.co/x', all],
    ['little but a name', 'Hi @clara', 'Hi Tom', all],
    ['an empty text', 'Fresh bread', '', all],
    ['words behind a name', 'Thanks @clara for the fine bread', 'Thanks Clara for the fine cake', all],
  ])('is another one with %s', (_, ours, theirs, rewriting) => {
    expect(holdsSame(ours, theirs, rewriting)).toBe(false);
  });

  const word = fc.stringMatching(/^[a-zA-Zäöüกขคé0-9]{1,9}$/);
  const link = fc.tuple(word, fc.nat(99)).map(([name, n]) => `https://shop.example/${encodeURIComponent(name)}?n=${n}`);
  const mention = fc.stringMatching(/^@[a-z]{3,8}$/);
  const text = fc
    .array(fc.oneof({ arbitrary: word, weight: 5 }, link, mention), { minLength: 1, maxLength: 15 })
    .map((tokens) => tokens.join(' '));

  it('is always itself', () => {
    const any = fc.oneof(text, fc.string({ unit: 'grapheme', maxLength: 60 }));
    fc.assert(
      fc.property(any, (one) => {
        expect(holdsSame(one, one)).toBe(true);
        expect(holdsSame(one, one, all)).toBe(true);
      }),
    );
  });

  it('is known again after every rewriting that networks do', () => {
    const blank = fc.constantFrom(' ', '\n', '  ', '\u00a0', ' \n\n ');
    fc.assert(
      fc.property(text, fc.array(blank, { minLength: 15, maxLength: 15 }), fc.boolean(), (ours, blanks, hides) => {
        fc.pre((ours.replace(/https\S+|@\S+/g, '').match(/[\p{L}\p{N}]/gu) ?? []).length >= 12);
        const theirs = ours
          .split(' ')
          .map((token, at) => {
            if (token.startsWith('https')) return hides ? `https://t.co/${at}` : `${token}&utm_source=net`;
            return token.startsWith('@') ? `Name ${token.length}` : token.normalize('NFD');
          })
          .reduce((before, token, at) => `${before}${blanks[at % 15]}${token}`);
        expect(holdsSame(ours, theirs, all)).toBe(true);
      }),
    );
  });

  it('is never another text of the same account, nor the other way round', () => {
    const plain = (it: string) => it.normalize('NFC');
    const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((it) => it.join(' '));
    fc.assert(
      fc.property(words, words, (one, other) => {
        fc.pre(plain(one) !== plain(other));
        expect(holdsSame(one, other, all)).toBe(false);
        expect(holdsSame(`${one} https://shop.example/a`, `${other} https://shop.example/a`, all)).toBe(false);
      }),
    );
  });

  it('is judged at once, whatever stands there', () => {
    const many = Array.from({ length: 150 }, (_, n) => `@clara${n}`).join(' ');
    const startedAt = performance.now();
    const others = `Thanks to all of them ${'a '.repeat(25_000)}`;
    expect(holdsSame(`Thanks to all of them ${many} end`, others, all)).toBe(false);
    // A look at each place for each length of a name would take twenty times as long.
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('is known again with names that may begin in many places', () => {
    const ours = 'Thanks @anna and @clara and @tom, who all came to the bakery';
    const theirs = 'Thanks Anna and Berta and Clara and Tom and Co, who all came to the bakery';
    expect(holdsSame(ours, theirs, all)).toBe(true);
    expect(holdsSame(ours, theirs.replace('bakery', 'bank'), all)).toBe(false);
  });
});
