import { expect, test } from 'vitest';
import { chooseSurplus } from './answer-shelf.ts';

const limits = { longestMs: 1_000, mostAnswers: 3, mostSize: 100, mostSizeEach: 50 };

test('what is too old, too many or too much goes, the oldest first', () => {
  const newest = [
    { key: 'a', at: 5_000, size: 10 },
    { key: 'b', at: 4_900, size: 10 },
    { key: 'c', at: 4_800, size: 10 },
    { key: 'd', at: 4_700, size: 10 },
  ];
  expect(chooseSurplus(newest, limits, 5_000)).toEqual(['d']);
  expect(chooseSurplus(newest, limits, 5_850)).toEqual(['c', 'd']);
  const large = newest.map((it) => ({ ...it, size: 50 }));
  expect(chooseSurplus(large, limits, 5_000)).toEqual(['c', 'd']);
});
