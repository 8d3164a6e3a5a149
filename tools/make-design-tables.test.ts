import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { designDocFile, makeDesignDoc, measurePairs } from './make-design-tables.ts';

it('words, marks and edges stand out from what they lie on, in light and in dark', () => {
  const weak = measurePairs().filter(({ light, dark, atLeast }) => !(Math.min(light, dark) >= atLeast));
  expect(weak).toEqual([]);
});

it('docs/design.md has the colours and words of today (else: node tools/make-design-tables.ts)', () => {
  expect(readFileSync(designDocFile, 'utf8') === makeDesignDoc()).toBe(true);
});
