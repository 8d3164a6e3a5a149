import { expect, test } from 'vitest';
import { proposeAddress } from './propose-address.ts';

test('keeps the letters under their marks', () => {
  expect(proposeAddress('Bánh mì Đà Nẵng')).toBe('banh-mi-da-nang');
  expect(proposeAddress('Café Größe & Söhne')).toBe('cafe-grosse-sohne');
});

test('proposes nothing rather than an address that would be refused', () => {
  expect(proposeAddress('ร้านขนม')).toBe('');
  expect(proposeAddress('A!')).toBe('');
  expect(proposeAddress(`${'a'.repeat(39)} b`)).toMatch(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/);
});
