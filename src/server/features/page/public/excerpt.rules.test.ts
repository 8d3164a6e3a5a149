import { describe, expect, it } from 'vitest';
import { cutPoint, shorten, titleOf } from './excerpt.rules.ts';

describe('shortening', () => {
  it('takes the first line that says something as title', () => {
    expect(titleOf('\n  \nFresh rolls \nfrom seven')).toBe('Fresh rolls');
    expect(titleOf('')).toBe('');
  });

  it('counts letters as readers do and never cuts one', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(shorten(family.repeat(5), 5)).toBe(family.repeat(5));
    expect(shorten(family.repeat(6), 5)).toBe(`${family.repeat(4)}…`);
    expect(shorten('ก็'.repeat(20), 10)).toBe(`${'ก็'.repeat(9)}…`);
  });

  it('cuts after a word where there is one near', () => {
    expect(shorten('Fresh rolls from seven o’clock', 18)).toBe('Fresh rolls from…');
  });
});

describe('cutting a long text', () => {
  it('leaves a text whole that is only a little too long', () => {
    expect(cutPoint('x'.repeat(120), 100, [])).toBe(120);
  });

  it('never cuts within a link', () => {
    const text = `${'x'.repeat(60)} https://shop.example/${'a'.repeat(100)}`;
    expect(cutPoint(text, 100, [{ start: 61, end: text.length }])).toBe(61);
  });

  it('never cuts within a letter', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(cutPoint(family.repeat(30), 100, []) % family.length).toBe(0);
  });
});
