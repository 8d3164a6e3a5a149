import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineStands, componentsOf, type Stand } from './figures.rules.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour));
const known = (value: number, hour = 0, absence: Stand['absence'] = null): Stand => ({
  value,
  valueAt: at(hour),
  absence,
});
const absent = (absence: NonNullable<Stand['absence']>): Stand => ({ value: null, valueAt: null, absence });

describe('a figure made of several', () => {
  it('is the sum of what is known and as old as its oldest', () => {
    expect(combineStands([known(2, 5), known(3, 1)])).toEqual({ value: 5, valueAt: at(1), absence: null });
  });

  it('does not miss what the network does not offer, unless it offers none of it', () => {
    expect(combineStands([known(2), absent('not-offered')]).absence).toBeNull();
    expect(combineStands([absent('not-offered'), absent('not-offered')])).toMatchObject({
      value: null,
      absence: 'not-offered',
    });
  });

  it('says the most serious of what is wrong', () => {
    expect(combineStands([known(2), absent('not-fetched'), known(1, 1, 'failed')])).toMatchObject({
      value: 3,
      absence: 'failed',
    });
  });

  it('is null exactly when nothing is known', () => {
    const anyStand = fc.oneof(
      fc.nat(99).map((n) => known(n)),
      fc
        .constantFrom('failed', 'gone', 'no-permission', 'not-fetched', 'not-offered')
        .map((code) => absent(code as 'failed')),
    );
    fc.assert(
      fc.property(fc.array(anyStand), (stands) => {
        const values = stands.flatMap((stand) => stand.value ?? []);
        const sum = values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
        expect(combineStands(stands).value).toBe(sum);
      }),
    );
  });
});

it('makes engagement of likes, shares, comments, quotes and clicks, and every other metric of itself', () => {
  expect(componentsOf('engagement').toSorted()).toEqual(['likes', 'post-link-clicks', 'quotes', 'replies', 'reposts']);
  expect(componentsOf('followers')).toEqual(['followers']);
});
