import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveRecordKey } from './derive-record-key.ts';

const seed = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((bits) => bits.toString(16).padStart(32, '0'));
const createdAt = fc.date({ min: new Date('2020-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });

test('every key is one that the network takes', () => {
  fc.assert(
    fc.property(fc.record({ createdAt, seed }), (part) => {
      expect(deriveRecordKey(part)).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
    }),
  );
});

test('the same part has the same key, a later one sorts behind, two of one moment differ', () => {
  fc.assert(
    fc.property(createdAt, seed, seed, (at, one, other) => {
      const key = deriveRecordKey({ createdAt: at, seed: one });
      expect(deriveRecordKey({ createdAt: new Date(at), seed: one })).toBe(key);
      expect(deriveRecordKey({ createdAt: new Date(at.getTime() + 1), seed: other }) > key).toBe(true);
    }),
  );
  const at = new Date('2026-11-22T12:00:00Z');
  const keys = fc.sample(seed, 200).map((one) => deriveRecordKey({ createdAt: at, seed: one }));
  expect(new Set(keys).size).toBeGreaterThan(150);
});

test('the time stands in the key', () => {
  const key = deriveRecordKey({ createdAt: new Date('2026-11-22T12:00:00Z'), seed: '0'.repeat(32) });
  const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
  const bits = [...key].reduce((sum, character) => sum * 32n + BigInt(alphabet.indexOf(character)), 0n);
  expect(Number(bits >> 10n) / 1_000).toBe(Date.parse('2026-11-22T12:00:00Z'));
});
