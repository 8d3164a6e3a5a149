import { describe, expect, it } from 'vitest';
import { findPhones } from './find-phones.rules.ts';

describe('telephone numbers in a text', () => {
  it.each([
    ['Call 081-234-5678 before ten.', '081-234-5678', 'tel:0812345678'],
    ['โทร 081 234 5678 ได้เลย', '081 234 5678', 'tel:0812345678'],
    ['โทร02-123-4567', '02-123-4567', 'tel:021234567'],
    ['+66 81 234 5678', '+66 81 234 5678', 'tel:+66812345678'],
    ['(030) 123 4567.', '(030) 123 4567', 'tel:0301234567'],
    ['Open 08.00-17.00, call 0812345678', '0812345678', 'tel:0812345678'],
  ])('%j: %s', (text, written, url) => {
    expect(findPhones(text)).toMatchObject([{ text: written, url, start: text.indexOf(written) }]);
  });

  it.each(['08.00-17.00', '2026-11-22', '1,200,000,000', 'code 0812345678x', 'https://a.example/0812345678', '12345'])(
    '%j: none',
    (text) => {
      expect(findPhones(text)).toEqual([]);
    },
  );

  it('takes no time over what looks like one without end', () => {
    const began = performance.now();
    for (const endless of [`0${'1 '.repeat(20_000)}x`, `0${'1'.repeat(20_000)}x`, '0'.repeat(20_000)])
      expect(findPhones(endless)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
