import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askLine, askLineAnew, isOffline, noteAnswered, onLine } from './line.ts';

const answer = (status: number) => Promise.resolve(new Response(null, { status }));

describe('the line to Goalpost', () => {
  const ask = vi.fn<() => Promise<Response>>();
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', ask);
  });
  afterEach(() => {
    noteAnswered();
    ask.mockReset();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('is asked again by itself until there is an answer, and then no more', async () => {
    ask.mockImplementation(() => answer(503));
    const turns = vi.fn();
    const forget = onLine(turns);
    expect(await askLine()).toBe(false);
    expect(isOffline()).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    const before = ask.mock.calls.length;
    expect(before).toBeGreaterThan(3);
    ask.mockImplementation(() => answer(401));
    await vi.advanceTimersByTimeAsync(25_000);
    expect(isOffline()).toBe(false);
    expect(turns).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ask.mock.calls.length).toBe(before + 1);
    forget();
  });

  it('is asked anew when there is reason to hope, whatever was asked before comes to', async () => {
    let refuse: (reason: Error) => void = () => undefined;
    ask.mockImplementationOnce(() => new Promise((_resolve, reject) => (refuse = reject)));
    ask.mockImplementation(() => answer(200));
    const before = askLine();
    const anew = askLineAnew();
    refuse(new TypeError('no answer'));
    expect(await before).toBe(false);
    expect(await anew).toBe(true);
    expect(isOffline()).toBe(false);
  });
});
