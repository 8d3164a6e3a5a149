import { describe, expect, it } from 'vitest';
import { isFreeForPages, isSlug, shapeSlug } from './address.rules.ts';

const key = '0123456789abcdef0123456789abcdef';
const slugOf = (text: string) => shapeSlug({ day: '2026-11-22', key, text });

describe('the last piece of a permanent address', () => {
  it.each([
    ['Fresh rolls, from seven!', '2026-11-22-0123456789-fresh-rolls-from-seven'],
    ['Bánh mì nóng ở Đà Nẵng', '2026-11-22-0123456789-banh-mi-nong-o-da-nang'],
    ["It's here: https://a.example/long?x=1 now", '2026-11-22-0123456789-its-here-now'],
    ['ขนมปังสดใหม่', '2026-11-22-0123456789'],
    ['', '2026-11-22-0123456789'],
  ])('of %j is %s', (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });

  it('is always one that is looked up, however long the text', () => {
    for (const text of ['a'.repeat(5_000), 'word '.repeat(1_000), '../../etc', '\u0000', '🥐🥐']) {
      expect(isSlug(slugOf(text))).toBe(true);
    }
  });
});

it('keeps the installation’s own names from being addresses', () => {
  expect(isFreeForPages('media')).toBe(false);
  expect(isFreeForPages('corner-bakery')).toBe(true);
});
