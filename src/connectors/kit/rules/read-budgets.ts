/** Families of headers by which networks tell what is left. */
export type BudgetForm = 'ratelimit' | 'x-ratelimit' | 'meta-usage';

/** What an answer says of one limit. Waits are counted from the answer, never by the network's clock. */
export interface Budget {
  /** How much is left of `limit`; both in the network's own unit, or in per cent. */
  remaining: number;
  /** Null where the network does not say. */
  limit: number | null;
  /** Over which time the limit holds, in ms; null where the network does not say. */
  perMs: number | null;
  /** In how many ms there is more; null where the network does not say. */
  waitMs: number | null;
  /** Whose limit it is, where the form itself says so. */
  scope: 'app' | 'account' | null;
}

/** No wait is longer, whatever a network says: then it is asked again. */
export const LONGEST_WAIT_MS = 7 * 86_400_000;

/**
 * Reads what an answer's headers (names in lower case) say of limits, in the forms that the network uses. What makes no
 * sense is left out: a count that is negative or none, a time that is none. Moments are counted from the answer's own
 * `Date`, and from `now` where it has none.
 */
export function readBudgets(
  headers: Readonly<Record<string, string>>,
  forms: readonly BudgetForm[],
  now: Date,
): Budget[] {
  return forms.flatMap((form) => readers[form](headers, readTheirNow(headers, now)));
}

/**
 * How long `Retry-After` asks to wait, in ms: seconds, or a date by the network's own clock, which stands beside it as
 * `Date`. Null when it is missing, over already, or no time.
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const written = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(written)) return bound(Number(written) * 1_000);
  if (!/[a-z]/i.test(written)) return null;
  const waitMs = Date.parse(written) - readTheirNow(headers, now).getTime();
  return waitMs >= 0 ? bound(waitMs) : null;
}

function readTheirNow(headers: Readonly<Record<string, string>>, now: Date): Date {
  const at = Date.parse(headers['date'] ?? '');
  return Number.isFinite(at) ? new Date(at) : now;
}

const readers: Record<BudgetForm, (headers: Readonly<Record<string, string>>, now: Date) => Budget[]> = {
  ratelimit: (headers, now) => [...readOne(headers, 'ratelimit-', now), ...readListed(headers)],
  'x-ratelimit': (headers, now) => [
    ...readOne(headers, 'x-ratelimit-', now),
    ...readOne(headers, 'x-rate-limit-', now),
  ],
  'meta-usage': readUsage,
};

/** One limit in headers of its own: `-limit`, `-remaining`, `-reset` or `-reset-after`, and perhaps `-policy`. */
function readOne(headers: Readonly<Record<string, string>>, prefix: string, now: Date): Budget[] {
  const remaining = readCount(headers[`${prefix}remaining`]);
  if (remaining === null) return [];
  const policy = /(?:^|[\s,])(\d{1,15})\s*;\s*w=(\d{1,12})(?=$|[\s,;])/.exec(headers[`${prefix}policy`] ?? '');
  return [
    {
      remaining,
      limit: readCount(headers[`${prefix}limit`]) ?? readCount(policy?.[1]),
      perMs: readSpan(policy?.[2]),
      waitMs: readSeconds(headers[`${prefix}reset-after`]) ?? readReset(headers[`${prefix}reset`], now),
      scope: null,
    },
  ];
}

/** Several limits in one header: `RateLimit: "burst";r=0;t=30` beside `RateLimit-Policy: "burst";q=100;w=60`. */
function readListed(headers: Readonly<Record<string, string>>): Budget[] {
  const policies = new Map(readItems(headers['ratelimit-policy']).map((item) => [item.name, item.values]));
  return readItems(headers['ratelimit']).flatMap(({ name, values }) => {
    const remaining = readCount(values.get('r'));
    if (remaining === null) return [];
    const policy = policies.get(name);
    const [limit, perMs] = [readCount(policy?.get('q')), readSpan(policy?.get('w'))];
    return [{ remaining, limit, perMs, waitMs: readSeconds(values.get('t')), scope: null }];
  });
}

/** More items than any network has limits are no list. */
const MOST_ITEMS = 20;

function readItems(header: string | undefined): { name: string; values: Map<string, string> }[] {
  return (header ?? '')
    .slice(0, 2_000)
    .split(',', MOST_ITEMS)
    .map((item) => {
      const [name = '', ...pairs] = item.split(';').map((piece) => piece.trim());
      const values = new Map(pairs.map((pair) => pair.split('=', 2).map((it) => it.trim()) as [string, string]));
      return { name, values };
    });
}

/** Longest header that is parsed as JSON. */
const LONGEST_USAGE = 10_000;

/** Meta's: how much of a limit is used up, in per cent; the app's own, and those of its pages and accounts. */
function readUsage(headers: Readonly<Record<string, string>>): Budget[] {
  const own = readJson(headers['x-app-usage']);
  const page = readJson(headers['x-page-usage']);
  const business = readJson(headers['x-business-use-case-usage']);
  const cases = isRecord(business) ? Object.values(business).slice(0, MOST_ITEMS).flat().slice(0, MOST_ITEMS) : [];
  return [
    ...readPercent(own, 'app'),
    ...readPercent(page, 'account'),
    ...cases.flatMap((one) => readPercent(one, 'account')),
  ];
}

function readPercent(usage: unknown, scope: 'app' | 'account'): Budget[] {
  if (!isRecord(usage)) return [];
  const used = ['call_count', 'total_time', 'total_cputime'].flatMap((name) => {
    const value = usage[name];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? [value] : [];
  });
  if (used.length === 0) return [];
  const minutes = usage['estimated_time_to_regain_access'];
  const isTime = typeof minutes === 'number' && Number.isFinite(minutes) && minutes > 0;
  const waitMs = isTime ? bound(minutes * 60_000) : null;
  return [{ remaining: Math.max(0, 100 - Math.max(...used)), limit: 100, perMs: null, waitMs, scope }];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function readJson(header: string | undefined): unknown {
  if (header === undefined || header.length > LONGEST_USAGE) return null;
  try {
    return JSON.parse(header);
  } catch {
    return null;
  }
}

const readCount = (written: string | undefined): number | null =>
  written !== undefined && /^\s*\d{1,15}(\.\d+)?\s*$/.test(written) ? Number(written) : null;

const readSeconds = (written: string | undefined): number | null => {
  const seconds = readCount(written);
  return seconds === null ? null : bound(seconds * 1_000);
};

/** A window may be longer than any wait. */
const readSpan = (written: string | undefined): number | null => {
  const seconds = readCount(written);
  return seconds === null || seconds === 0 ? null : seconds * 1_000;
};

/** A moment as seconds from now, as seconds or milliseconds since 1970, or written out: networks have all four. */
function readReset(written: string | undefined, now: Date): number | null {
  const number = readCount(written);
  if (number === null) {
    const at = /^\d{4}-\d\d-\d\dT|[a-z]{3}/i.test(written ?? '') ? Date.parse(written ?? '') : Number.NaN;
    return Number.isFinite(at) ? bound(at - now.getTime()) : null;
  }
  if (number < 1e9) return bound(number * 1_000);
  return bound((number < 1e11 ? number * 1_000 : number) - now.getTime());
}

const bound = (waitMs: number): number => Math.min(LONGEST_WAIT_MS, Math.max(0, Math.ceil(waitMs)));
