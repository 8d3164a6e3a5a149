import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BudgetForm, LONGEST_WAIT_MS, readBudgets, readRetryAfter } from './read-budgets.ts';

const now = new Date('2026-11-23T12:00:00Z');
const inAMinute = now.getTime() / 1_000 + 60;
const forms: BudgetForm[] = ['ratelimit', 'x-ratelimit', 'meta-usage'];

describe('what is left of a limit', () => {
  it.each([
    [
      'seconds since 1970 and a policy',
      {
        'ratelimit-limit': '5000',
        'ratelimit-remaining': '4997',
        'ratelimit-reset': String(inAMinute),
        'ratelimit-policy': '5000;w=3600',
      },
      { remaining: 4997, limit: 5000, perMs: 3_600_000, waitMs: 60_000 },
    ],
    [
      'seconds from now',
      { 'ratelimit-limit': '10', 'ratelimit-remaining': '0', 'ratelimit-reset': '60' },
      { remaining: 0, limit: 10, perMs: null, waitMs: 60_000 },
    ],
    [
      'a list of named limits',
      { ratelimit: '"burst";r=0;t=30', 'ratelimit-policy': '"day";q=1000;w=86400, "burst";q=100;w=60' },
      { remaining: 0, limit: 100, perMs: 60_000, waitMs: 30_000 },
    ],
    [
      'a written moment',
      { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-23T12:01:00.000Z' },
      { remaining: 0, limit: 300, perMs: null, waitMs: 60_000 },
    ],
    [
      'seconds since 1970 under the other name',
      { 'x-rate-limit-remaining': '3', 'x-rate-limit-reset': String(inAMinute) },
      { remaining: 3, limit: null, perMs: null, waitMs: 60_000 },
    ],
    [
      'fractions of a second',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(inAMinute), 'x-ratelimit-reset-after': '1.5' },
      { remaining: 0, limit: null, perMs: null, waitMs: 1_500 },
    ],
    [
      'per cent of the app',
      { 'x-app-usage': '{"call_count":28,"total_time":97,"total_cputime":3}' },
      { remaining: 3, limit: 100, perMs: null, waitMs: null, scope: 'app' },
    ],
    [
      'per cent of an account, with minutes',
      {
        'x-business-use-case-usage':
          '{"178414":[{"type":"instagram","call_count":100,"total_cputime":0,"total_time":0,"estimated_time_to_regain_access":19}]}',
      },
      { remaining: 0, limit: 100, perMs: null, waitMs: 19 * 60_000, scope: 'account' },
    ],
  ])('is read from %s', (_, headers, budget) => {
    expect(readBudgets(headers, forms, now)).toEqual([{ scope: null, ...budget }]);
  });

  it('comes back when the network’s own clock says so, whatever ours says', () => {
    const headers = {
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(inAMinute + 3_600),
      date: 'Mon, 23 Nov 2026 13:00:00 GMT',
    };
    expect(readBudgets(headers, ['ratelimit'], now)[0]?.waitMs).toBe(60_000);
  });

  it('is read only in the forms that the network uses', () => {
    expect(readBudgets({ 'x-ratelimit-remaining': '0' }, ['ratelimit'], now)).toEqual([]);
  });

  it.each(['-1', 'NaN', 'Infinity', '', '1e999', '0x10', '99999999999999999999', '١٢'])(
    'is not read from %j',
    (remaining) => {
      expect(readBudgets({ 'ratelimit-remaining': remaining, 'ratelimit-reset': '5' }, forms, now)).toEqual([]);
    },
  );

  it.each([
    ['a year ahead', String(inAMinute + 365 * 86_400), LONGEST_WAIT_MS],
    ['long ago', String(inAMinute - 86_400), 0],
    ['no time', 'soon', null],
    ['negative', '-20', null],
  ])('is never waited for longer than sense allows: %s', (_, reset, waitMs) => {
    expect(readBudgets({ 'ratelimit-remaining': '0', 'ratelimit-reset': reset }, forms, now)[0]?.waitMs).toBe(waitMs);
  });

  it('makes sense whatever a server writes', () => {
    const name = fc.constantFrom(
      ...['limit', 'remaining', 'reset', 'reset-after', 'policy'].flatMap((it) => [
        `ratelimit-${it}`,
        `x-ratelimit-${it}`,
      ]),
      'ratelimit',
      'retry-after',
      'date',
      'x-app-usage',
      'x-page-usage',
      'x-business-use-case-usage',
    );
    const value = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.json(),
      fc.constantFrom('"a";r=-1;t=9e9', '{"call_count":-5}', '{"x":[{"call_count":1e308}]}', '[[[[]]]]', 'null'),
    );
    fc.assert(
      fc.property(fc.dictionary(name, value), (headers) => {
        for (const { remaining, limit, perMs, waitMs } of readBudgets(headers, forms, now)) {
          expect(remaining).toBeGreaterThanOrEqual(0);
          for (const count of [remaining, limit ?? 0, perMs ?? 1]) expect(Number.isFinite(count)).toBe(true);
          expect(waitMs === null || (waitMs >= 0 && waitMs <= LONGEST_WAIT_MS)).toBe(true);
        }
        const waitMs = readRetryAfter(headers, now);
        expect(waitMs === null || (waitMs >= 0 && waitMs <= LONGEST_WAIT_MS)).toBe(true);
      }),
    );
  });
});

describe('a wait that was asked for', () => {
  it.each([
    ['120', 120_000],
    ['1.5', 1_500],
    ['0', 0],
    ['Mon, 23 Nov 2026 12:02:00 GMT', 120_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', null],
    ['Tue, 23 Nov 2027 12:00:00 GMT', LONGEST_WAIT_MS],
    ['99999999999', LONGEST_WAIT_MS],
    ['-5', null],
    ['NaN', null],
    ['', null],
  ])('%j', (written, waitMs) => {
    expect(readRetryAfter({ 'retry-after': written }, now)).toBe(waitMs);
  });

  it('as a date is counted by the clock of who wrote it', () => {
    const headers = { 'retry-after': 'Mon, 23 Nov 2026 15:02:00 GMT', date: 'Mon, 23 Nov 2026 15:01:00 GMT' };
    expect(readRetryAfter(headers, now)).toBe(60_000);
  });
});
