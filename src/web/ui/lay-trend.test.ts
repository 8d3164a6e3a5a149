import { expect, test } from 'vitest';
import { layTrend } from './lay-trend.ts';

const size = { width: 600, height: 220 };
const rest = { days: 10, baseline: 0, target: 50, projected: null };

test('a day without a figure is a gap, not a line through it', () => {
  const points = [
    { day: 0, value: 1 },
    { day: 1, value: 2 },
    { day: 4, value: 8 },
    { day: 5, value: 9 },
  ];
  expect(layTrend({ ...rest, points }, size).segments).toHaveLength(2);
});

test('a lone figure is still seen', () => {
  const layout = layTrend({ ...rest, points: [{ day: 3, value: 4 }] }, size);
  expect(layout.segments).toHaveLength(0);
  expect(layout.points).toHaveLength(1);
});

test('zero is in sight even when all figures are far above it', () => {
  const points = [
    { day: 0, value: 1000 },
    { day: 1, value: 1010 },
  ];
  const layout = layTrend({ ...rest, baseline: 1000, target: 1150, points }, size);
  expect(layout.zero).toBe(size.height - 26);
  expect(layout.last?.y).toBeLessThan(layout.zero / 2);
});

test('a projection beyond the target stays inside the drawing', () => {
  const layout = layTrend({ ...rest, projected: 400, points: [{ day: 0, value: 1 }] }, size);
  expect(layout.projected?.y).toBeGreaterThanOrEqual(0);
});
