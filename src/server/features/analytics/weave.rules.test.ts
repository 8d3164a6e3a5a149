import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Strand, weave } from './weave.rules.ts';

const on = (day: number) => `2026-03-${String(day).padStart(2, '0')}`;
const span = { from: on(1), until: on(31) };
const strand = (subject: string, days: Record<number, number>, more: Partial<Strand> = {}): Strand => ({
  subject,
  days: Object.entries(days).map(([day, value]) => ({ on: on(Number(day)), value })),
  opening: 0,
  zero: 0,
  ...more,
});

describe('figures added up', () => {
  it('keep the last value of a post on days when only others were looked at', () => {
    const woven = weave([strand('a', { 1: 3, 4: 5 }), strand('b', { 2: 10, 3: 10 })], span);
    expect(woven.points).toEqual([
      { on: on(1), value: 3 },
      { on: on(2), value: 13 },
      { on: on(3), value: 13 },
      { on: on(4), value: 15 },
    ]);
  });

  it('leave days out on which nothing was measured', () => {
    expect(weave([strand('a', { 1: 3, 9: 5 })], span).points.map((p) => p.on)).toEqual([on(1), on(9)]);
  });

  it('are null, not zero, when nothing is measured', () => {
    expect(weave([strand('a', {})], span)).toEqual({ points: [], value: null, contributions: new Map() });
    expect(weave([], span).value).toBeNull();
  });

  it('do not grow because a second channel is measured later', () => {
    const first = strand('a', { 1: 100, 2: 101, 3: 102 }, { opening: 100 });
    const later = strand('b', { 3: 500 }, { opening: 500 });
    expect(weave([first, later], span).points.map((p) => p.value)).toEqual([600, 601, 602]);
  });

  it('count a counter from where it stood when the goal began', () => {
    const woven = weave([strand('page', { 1: 940, 5: 1_000 }, { zero: 900, opening: 900 })], span);
    expect(woven.points.map((p) => p.value)).toEqual([40, 100]);
    expect(woven.contributions).toEqual(new Map([['page', 100]]));
  });

  it('end at the last day asked for', () => {
    const woven = weave([strand('a', { 1: 3, 9: 5 })], { from: on(1), until: on(8) });
    expect(woven.value).toBe(3);
  });

  const anyStrand = fc
    .record({
      subject: fc.constantFrom('a', 'b', 'c'),
      days: fc.dictionary(fc.integer({ min: 1, max: 31 }).map(String), fc.nat(1_000), { maxKeys: 8 }),
      opening: fc.nat(50),
      zero: fc.nat(50),
    })
    .map(({ subject, days, ...more }) => strand(subject, days, more));

  it('are always the sum of the contributions, and the last point is the value', () => {
    fc.assert(
      fc.property(fc.array(anyStrand, { maxLength: 12 }), fc.integer({ min: 1, max: 31 }), (strands, until) => {
        const woven = weave(strands, { from: on(1), until: on(until) });
        expect(woven.value === null).toBe(woven.contributions.size === 0);
        const sum = [...woven.contributions.values()].reduce((a, b) => a + b, 0);
        expect(sum).toBe(woven.value ?? 0);
        expect(woven.points.at(-1)?.value ?? null).toBe(woven.value);
      }),
    );
  });
});
