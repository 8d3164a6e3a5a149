import { expect, test } from 'vitest';
import { forgetKey, keyFor } from './idempotency.ts';

test('a call repeated without an answer carries the same key', () => {
  const first = keyFor('goals.create', { title: 'More regulars' });
  expect(keyFor('goals.create', { title: 'More regulars' })).toBe(first);
});

test('another input, or the same after an answer, is a new call', () => {
  const first = keyFor('goals.create', { title: 'A' });
  expect(keyFor('goals.create', { title: 'B' })).not.toBe(first);
  forgetKey('goals.create', { title: 'A' });
  expect(keyFor('goals.create', { title: 'A' })).not.toBe(first);
});
