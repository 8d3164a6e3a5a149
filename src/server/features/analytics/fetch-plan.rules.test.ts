import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextLook, paceByAge } from './fetch-plan.rules.ts';

const publishedAt = new Date('2026-03-01T08:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const lookAtAge = (age: number, notBefore: Date | null = null) =>
  nextLook({ publishedAt, now: new Date(publishedAt.getTime() + age), notBefore });

describe('the next look at a post', () => {
  it.each([
    [0, 5 * minute],
    [10 * minute, 5 * minute],
    [15 * minute, 15 * minute],
    [2 * 60 * minute, 60 * minute],
    [day, day / 4],
    [7 * day, day],
    [30 * day, 7 * day],
  ])('at an age of %i ms comes after %i ms', (age, wait) => {
    expect(lookAtAge(age)?.getTime()).toBe(publishedAt.getTime() + age + wait);
  });

  it('is the last one before 90 days are over', () => {
    expect(lookAtAge(90 * day)).toBeNull();
    expect(lookAtAge(90 * day - 1)).not.toBeNull();
  });

  it('comes ever more seldom, always later than now and never before the network allows', () => {
    fc.assert(
      fc.property(fc.nat(90 * day - 1), fc.nat(day), fc.nat(10 * day), (age, older, wait) => {
        const now = publishedAt.getTime() + age;
        const next = lookAtAge(age)?.getTime() ?? 0;
        expect(next).toBeGreaterThan(now);
        const later = lookAtAge(age + older)?.getTime();
        if (later !== undefined) expect(later - (now + older)).toBeGreaterThanOrEqual(next - now);
        expect(lookAtAge(age, new Date(now + wait))?.getTime()).toBe(Math.max(next, now + wait));
      }),
    );
  });

  it('is made about 90 times in the life of a post that is never missed', () => {
    let looks = 0;
    for (let at = lookAtAge(0); at !== null; at = lookAtAge(at.getTime() - publishedAt.getTime())) looks += 1;
    expect(looks).toBeGreaterThan(80);
    expect(looks).toBeLessThan(100);
    expect(paceByAge.map((pace) => pace.every)).toEqual(paceByAge.map((pace) => pace.every).toSorted((a, b) => a - b));
  });
});

it('looks at a channel itself every six hours without end', () => {
  const now = new Date(publishedAt.getTime() + 1_000 * day);
  expect(nextLook({ publishedAt: null, now, notBefore: null })?.getTime()).toBe(now.getTime() + day / 4);
});
