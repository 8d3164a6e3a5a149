import { expect, it } from 'vitest';
import { placeOf } from './place-of.ts';

it('is one place for every way of writing an address, and for a whole IPv6 network', () => {
  expect(placeOf('192.0.2.7')).toBe('192.0.2.7');
  expect(placeOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(placeOf('2001:DB8:0:7:aaaa:bbbb:cccc:1')).toBe(placeOf('2001:db8:0:7::2'));
  expect(placeOf('2001:db8:0:8::2')).not.toBe(placeOf('2001:db8:0:7::2'));
  expect(placeOf('not an address')).toBe('unknown');
});
