/** Holds the database's clock against one that cannot be turned. */
export interface ClockWatch {
  /**
   * Takes what the database's clock shows now; returns for how many ms, by our own, it has been seen to go without a jump
   * ahead or back.
   */
  observe(now: Date): number;
}

/** Slow queries and drifting clocks stay below it between two observations. */
const JUMP_MS = 5_000;

/**
 * A clock that jumps ahead makes it seem that a send had its time, while it is still on its way; one that is set back
 * makes it seem that a network still keeps a key. Only what this process has seen itself counts: from its beginning the
 * clock is not trusted until it has been watched for long enough.
 */
export function watchClock(ours: () => number = () => performance.now()): ClockWatch {
  let apartMs: number | null = null;
  let steadySince = ours();
  return {
    observe(now) {
      const mine = ours();
      const next = now.getTime() - mine;
      if (apartMs === null || Math.abs(next - apartMs) > JUMP_MS) steadySince = mine;
      apartMs = next;
      return mine - steadySince;
    },
  };
}

/** For tests that turn the clock themselves and mean it: time passes as it shows. */
export const trustedClock: ClockWatch = { observe: () => Number.POSITIVE_INFINITY };
