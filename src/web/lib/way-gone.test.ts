import { describe, expect, it } from 'vitest';
import { wayGone } from './way-gone.ts';

describe('the way gone', () => {
  it('is told as numbers from the target on, upwards and downwards', () => {
    expect(wayGone({ share: 1.032, value: 103, target: 100 })).toEqual({ kind: 'reached', value: 103, target: 100 });
    expect(wayGone({ share: 1, value: 5, target: 5 })).toEqual({ kind: 'reached', value: 5, target: 5 });
    expect(wayGone({ share: 1.5, value: 5, target: 10 })).toMatchObject({ kind: 'reached', value: 5 });
  });

  it('is never rounded up to all of it', () => {
    expect(wayGone({ share: 0.9999, value: 9_999, target: 10_000 })).toEqual({ kind: 'under-way', share: 0.999 });
    expect(wayGone({ share: 0.25, value: 25, target: 100 })).toEqual({ kind: 'under-way', share: 0.25 });
  });

  it('is nothing when it went back, and unknown when a number is missing', () => {
    expect(wayGone({ share: -0.2, value: 80, target: 200 })).toEqual({ kind: 'under-way', share: 0 });
    expect(wayGone({ share: null, value: 3, target: 10 })).toEqual({ kind: 'unknown' });
    expect(wayGone({ share: 0.5, value: 3, target: null })).toEqual({ kind: 'unknown' });
  });
});
