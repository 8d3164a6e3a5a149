import { describe, expect, it } from 'vitest';
import { PageAddress } from '#contract/page.ts';
import { suggestAddresses } from './suggest-address.rules.ts';

const first = (name: string, place = '', kind = 'cafe') => suggestAddresses({ name, place, kind })[0];

describe('the address of a page', () => {
  it.each([
    ['Mali’s Bakery', 'malis-bakery'],
    ['Bánh mì Đà Nẵng', 'banh-mi-da-nang'],
    ['Café Größe & Söhne', 'cafe-grosse-sohne'],
    ['ร้านขนมคุณมาลี', 'ran-khanom-khun-mali'],
    ['ครัวริมน้ำ เชียงใหม่', 'khrua-rim-nam-chiangmai'],
    ['ก๋วยเตี๋ยวเพื่อนสมชาย', 'kuaitiao-phuean-somchai'],
    ['Café บ้านสวน', 'cafe-ban-suan'],
    ['ถนนศิลป์', 'thanon-sin'],
  ])('of %s is %s', (name, address) => {
    expect(first(name)).toBe(address);
  });

  it('is the place, or the kind of business, when the name has no letters that fit', () => {
    expect(suggestAddresses({ name: '面包店', place: 'Berlin', kind: 'bakery' }).slice(0, 2)).toEqual([
      'berlin',
      'berlin-bakery',
    ]);
    expect(first('面包店', '', 'bakery')).toBe('bakery');
  });

  it('goes on with the place and then with numbers when it is taken', () => {
    expect(suggestAddresses({ name: 'Corner', place: 'Hanoi', kind: 'cafe' }).slice(0, 3)).toEqual([
      'corner',
      'corner-hanoi',
      'corner-2',
    ]);
  });

  it('has always the form of an address, whatever the name', () => {
    const names = ['', '  ', '-', 'a', 'ก', '๑๒๓', 'x'.repeat(300), 'word '.repeat(60), '../../etc', '🥐🥐', 'เ', 'ไๆ'];
    for (const name of names) {
      for (const place of ['', 'กรุงเทพมหานคร อมรรัตนโกสินทร์', 'y'.repeat(100)]) {
        const all = suggestAddresses({ name, place, kind: 'studio' });
        for (const address of all) expect(PageAddress.safeParse(address).success, address).toBe(true);
        expect(new Set(all).size).toBe(all.length);
      }
    }
  });
});
