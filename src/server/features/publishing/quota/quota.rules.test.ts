import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countBackwards, fullestAround, listFullDays } from './quota.rules.ts';

const perMs = 100;
const sorted = fc
  .array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
  .map((times) => times.toSorted((a, b) => a - b));

it('a quota that lets posts in one by one never lets a stretch see more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      (asked, max) => {
        const taken: number[] = [];
        for (const at of asked) if (fullestAround(taken, { at, count: 1, perMs }) <= max) taken.push(at);
        for (const from of taken) {
          expect(taken.filter((it) => it >= from && it < from + perMs).length).toBeLessThanOrEqual(max);
        }
      },
    ),
  );
});

it('what is counted backwards is what a network would count', () => {
  fc.assert(
    fc.property(sorted, (times) => {
      const counted = times.map((time, index) => times.filter((it, at) => at <= index && it > time - perMs).length);
      expect(countBackwards(times, perMs)).toEqual(counted);
    }),
  );
});

it('a day counts what went out late on the day before, and days far from full are left out', () => {
  const times = [10, 90, 95, 110, 120, 305];
  const dayOf = (time: number) => Math.floor(time / 100);
  expect(listFullDays(times, { max: 5, perMs, dayOf })).toEqual([{ on: 1, planned: 4 }]);
});
