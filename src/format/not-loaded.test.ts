import { expect, test } from 'vitest';
import { createFormat } from './index.ts';

test('says so when a language was not loaded', () => {
  expect(() => createFormat({ language: 'eo', zone: 'UTC' })).toThrow('"eo" is not loaded');
});
