import { expect, test } from 'vitest';
import { readShare } from './read-share.ts';

test('words, title and link come into the post, each once', () => {
  expect(readShare({ title: 'Rye', text: 'Fresh at seven', link: 'https://bakery.example/rye' })).toEqual({
    text: 'Rye\n\nFresh at seven',
    link: 'https://bakery.example/rye',
  });
  expect(readShare({ title: 'Rye', text: 'Rye at seven', link: '' })).toEqual({ text: 'Rye at seven', link: null });
  expect(readShare({ title: '', text: '', link: '' })).toEqual({ text: '', link: null });
});

test('a text that is nothing but an address is the link, and what is no web address stays text', () => {
  expect(readShare({ title: 'Rye', text: ' https://bakery.example/rye ', link: '' })).toEqual({
    text: 'Rye',
    link: 'https://bakery.example/rye',
  });
  expect(readShare({ title: '', text: 'See', link: 'geo:13.7,100.5' })).toEqual({
    text: 'See\n\ngeo:13.7,100.5',
    link: null,
  });
});
