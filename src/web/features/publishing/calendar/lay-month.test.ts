import { expect, test } from 'vitest';
import { addMonths, weeksOfMonth } from './lay-month.ts';

test('a month is shown in whole weeks, as the reader’s week begins', () => {
  expect(weeksOfMonth('2026-11', 0)).toEqual({ from: '2026-11-01', days: 35 });
  expect(weeksOfMonth('2026-11', 1)).toEqual({ from: '2026-10-26', days: 42 });
  expect(weeksOfMonth('2027-02', 1)).toEqual({ from: '2027-02-01', days: 28 });
});

test('months go on over the turn of the year', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01');
  expect(addMonths('2027-01', -1)).toBe('2026-12');
});
