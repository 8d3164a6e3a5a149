import { expect, test } from 'vitest';
import { layTrend } from './lay-trend.ts';
import { placeLabels } from './place-labels.ts';

const size = { width: 600, height: 220 };
const words = { target: 'Target 150', value: '141', projected: 'At this pace 151' };
const lay = (input: { last: number; target: number; projected: number }) =>
  layTrend(
    {
      days: 98,
      baseline: 0,
      target: input.target,
      projected: input.projected,
      points: [
        { day: 90, value: input.last - 2 },
        { day: 91, value: input.last },
      ],
    },
    size,
  );

test('a value just below the target and a projection just above it do not write over one another', () => {
  const { value, projected } = placeLabels(lay({ last: 141, target: 150, projected: 151 }), words, size);
  expect(Math.abs((value?.y ?? 0) - (projected?.y ?? 0))).toBeGreaterThan(17);
});

test('the level of the target runs through no label', () => {
  for (const projected of [100, 130, 145, 150, 155, 300]) {
    for (const last of [20, 90, 120, 141, 149]) {
      const layout = lay({ last, target: 150, projected });
      const placed = placeLabels(layout, words, size);
      const level = layout.target ?? 0;
      for (const label of [placed.value, placed.projected]) {
        const isFree = label && (level < label.y - 12 || level > label.y + 3);
        expect(isFree, `${last} to ${projected}`).toBe(true);
      }
    }
  }
});

test('both stand inside the drawing, however narrow it is', () => {
  const narrow = { width: 280, height: 220 };
  const layout = layTrend(
    { days: 10, baseline: 0, target: 5, projected: 900, points: [{ day: 10, value: 800 }] },
    narrow,
  );
  const { value, projected } = placeLabels(
    layout,
    { target: null, value: '800', projected: 'If it goes on like this: 900' },
    narrow,
  );
  expect(value?.x).toBeLessThanOrEqual(narrow.width);
  expect(value?.y).toBeGreaterThanOrEqual(14);
  expect((projected?.x ?? 0) - 28 * 7.5).toBeGreaterThanOrEqual(0);
});

test('the first figures of a goal do not write over its target', () => {
  const layout = layTrend({ days: 90, baseline: 0, target: 5, projected: null, points: [{ day: 0, value: 5 }] }, size);
  const { value } = placeLabels(layout, { target: 'Target 5', value: '5', projected: null }, size);
  expect(value?.y).toBeGreaterThan(layout.target ?? 0);
});
