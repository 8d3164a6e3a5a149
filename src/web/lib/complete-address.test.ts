import { expect, it } from 'vitest';
import { completeAddress } from './complete-address.ts';

it('makes an address whole and leaves everything else as it is', () => {
  expect(completeAddress(' bakery.example/menu ')).toBe('https://bakery.example/menu');
  expect(completeAddress('http://bakery.example')).toBe('http://bakery.example');
  expect(completeAddress('mailto:mali@bakery.example')).toBe('mailto:mali@bakery.example');
  expect(completeAddress('our menu')).toBe('our menu');
  expect(completeAddress('')).toBe('');
});
