import { expect, it } from 'vitest';
import { placeOf } from './place-of.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:DB8:0:7:aaaa:bbbb:cccc:1', '2001:db8:0:7::/64'],
  ['2001:db8:0:7::2', '2001:db8:0:7::/64'],
  ['2001:db8:0:8::2', '2001:db8:0:8::/64'],
  ['not an address', 'unknown'],
])(
  'counts what comes from %s as from %s: one place however it is written, and a whole IPv6 network',
  (address, place) => {
    expect(placeOf(address)).toBe(place);
  },
);
