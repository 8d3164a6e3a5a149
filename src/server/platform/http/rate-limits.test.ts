import { describe, expect, it } from 'vitest';
import { createLimiter, type Limits } from './rate-limits.ts';

const limits: Limits = {
  person: { perMinute: 60, burst: 3 },
  key: { perMinute: 60, burst: 2 },
  address: { perMinute: 6, burst: 1 },
};

function makeLimiter() {
  let nowMs = 0;
  const limiter = createLimiter(limits, () => nowMs);
  return {
    pass: (ms: number) => {
      nowMs += ms;
    },
    take: (id = 'lan', kind: keyof Limits = 'person') => limiter.take(kind, id),
    lets: (id = 'lan', kind: keyof Limits = 'person') => limiter.take(kind, id).retryAfterSeconds === null,
  };
}

describe('the limiter', () => {
  it('lets a burst through, and from then on what comes back with time', () => {
    const { lets, pass } = makeLimiter();
    expect([lets(), lets(), lets(), lets()]).toEqual([true, true, true, false]);
    pass(999);
    expect(lets()).toBe(false);
    pass(1);
    expect([lets(), lets()]).toEqual([true, false]);
    pass(60_000);
    expect([lets(), lets(), lets(), lets()]).toEqual([true, true, true, false]);
  });

  it('does not make one wait longer for calls that were refused', () => {
    const { lets, take, pass } = makeLimiter();
    for (let i = 0; i < 50; i++) lets();
    expect(take().retryAfterSeconds).toBe(1);
    pass(1_000);
    expect(lets()).toBe(true);
  });

  it('counts each caller, and each kind of caller, alone', () => {
    const { lets } = makeLimiter();
    expect([lets('lan', 'address'), lets('lan', 'address'), lets('tho', 'address'), lets('lan')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('says what is left and when there is more', () => {
    const { take } = makeLimiter();
    expect(take('a', 'key')).toMatchObject({ remaining: 1, resetSeconds: 1, retryAfterSeconds: null });
    expect(take('a', 'key')).toMatchObject({ remaining: 0, resetSeconds: 2, retryAfterSeconds: null });
    expect(take('a', 'key')).toMatchObject({ remaining: 0, retryAfterSeconds: 1 });
    take('b', 'address');
    expect(take('b', 'address')).toMatchObject({ retryAfterSeconds: 10 });
  });

  it('remembers a bounded number of callers, and forgets the longest quiet first', () => {
    const { lets } = makeLimiter();
    lets('quiet', 'address');
    lets('busy', 'address');
    for (let i = 0; i < 19_999; i++) {
      lets(`somebody ${i}`, 'address');
      if (i === 10_000) lets('busy', 'address');
    }
    expect([lets('busy', 'address'), lets('quiet', 'address')]).toEqual([false, true]);
  });
});
