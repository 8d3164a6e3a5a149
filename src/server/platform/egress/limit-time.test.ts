import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitTime } from './limit-time.ts';

describe('a limit of time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('aborts when the time is up, and says so', () => {
    const time = limitTime(1_000);
    vi.advanceTimersByTime(999);
    expect([time.signal.aborted, time.isUp()]).toEqual([false, false]);
    vi.advanceTimersByTime(1);
    expect([time.signal.aborted, time.isUp()]).toEqual([true, true]);
    expect(time.signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('aborts with the caller’s own signal, for its reason', () => {
    const outer = new AbortController();
    const time = limitTime(1_000, outer.signal);
    outer.abort('enough');
    expect([time.signal.aborted, time.signal.reason, time.isUp()]).toEqual([true, 'enough', false]);
    expect(limitTime(1_000, outer.signal).signal.aborted).toBe(true);
  });

  it('watches nothing any more once it is over', () => {
    const outer = new AbortController();
    const time = limitTime(1_000, outer.signal);
    time.end();
    expect(vi.getTimerCount()).toBe(0);
    outer.abort();
    vi.advanceTimersByTime(2_000);
    expect([time.signal.aborted, time.isUp()]).toEqual([false, false]);
  });
});
