/** How many calls are let through: so many at once, and from then on so many a minute. */
export interface Limit {
  perMinute: number;
  burst: number;
}

/** Whose calls are counted together. */
export type LimitedKind = 'person' | 'key' | 'address';
export type Limits = Record<LimitedKind, Limit>;

/** Limits of one web process: `address` is for calls by nobody who is known. */
export const defaultLimits: Limits = {
  person: { perMinute: 600, burst: 200 },
  key: { perMinute: 300, burst: 100 },
  address: { perMinute: 120, burst: 120 },
};

/** How a caller stands after a call was counted. */
export interface Standing {
  kind: LimitedKind;
  limit: Limit;
  /** Calls that could be made at once now. */
  remaining: number;
  /** Until all of the burst is there again. */
  resetSeconds: number;
  /** Until one call more is let through; null when this one was. */
  retryAfterSeconds: number | null;
}

export interface Limiter {
  /** Counts one call. */
  take(kind: LimitedKind, id: string): Standing;
}

/** Callers remembered of each kind. Who is forgotten, the longest quiet first, begins anew with a full burst. */
const REMEMBERED = 20_000;

/** Counts calls in this process' memory, by buckets that fill up again with time. `nowMs` is a monotonic clock. */
export function createLimiter(limits: Limits, nowMs: () => number = () => performance.now()): Limiter {
  const buckets: Record<LimitedKind, Map<string, Bucket>> = { person: new Map(), key: new Map(), address: new Map() };
  return {
    take(kind, id) {
      const limit = limits[kind];
      const known = buckets[kind];
      const nowAtMs = nowMs();
      const bucket = known.get(id) ?? { calls: limit.burst, atMs: nowAtMs };
      // Put behind all others: the first in the map is the longest quiet.
      known.delete(id);
      known.set(id, bucket);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
      return { kind, limit, ...spend(bucket, limit, nowAtMs) };
    },
  };
}

function spend(
  bucket: Bucket,
  limit: Limit,
  nowAtMs: number,
): Pick<Standing, 'remaining' | 'resetSeconds' | 'retryAfterSeconds'> {
  const perMs = limit.perMinute / 60_000;
  const filled = Math.min(limit.burst, bucket.calls + (nowAtMs - bucket.atMs) * perMs);
  const passes = filled >= 1;
  bucket.calls = passes ? filled - 1 : filled;
  bucket.atMs = nowAtMs;
  const secondsFor = (calls: number) => Math.ceil(calls / perMs / 1_000);
  return {
    remaining: Math.floor(bucket.calls),
    resetSeconds: secondsFor(limit.burst - bucket.calls),
    retryAfterSeconds: passes ? null : Math.max(1, secondsFor(1 - bucket.calls)),
  };
}

interface Bucket {
  calls: number;
  atMs: number;
}

/**
 * Tells a caller how they stand, as draft-ietf-httpapi-ratelimit-headers-10 (read 2026-11-22) names the fields: `q` is
 * how many at once, `w` the seconds in which that many come back, `r` what is left, `t` the seconds until all is back.
 */
export function setLimitHeaders(headers: Headers, { kind, limit, remaining, resetSeconds }: Standing): void {
  const windowSeconds = Math.ceil((limit.burst / limit.perMinute) * 60);
  headers.set('ratelimit-policy', `"${kind}";q=${limit.burst};w=${windowSeconds}`);
  headers.set('ratelimit', `"${kind}";r=${remaining};t=${resetSeconds}`);
}
